import { Button } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { OwnIdentityProvider } from '../../api/types';
import { del } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import { Time } from '../../platform/Time';
import { toast, toastProblem } from '../../platform/toasts';
import { Words } from '../../platform/Words';
import classes from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import { Confirmed } from '../security/Confirmed';
import { leaveFor, ownProvidersQuery, troubleWords } from './providers';

/** The agent's own accounts at identity providers; nothing where the desk has none. */
export function OwnProviders() {
  const query = useQuery(ownProvidersQuery);
  const queryClient = useQueryClient();
  const [chosen, setChosen] = useState<OwnIdentityProvider | null>(null);
  const providers = query.data?.items;
  const told = providers !== undefined;
  useEffect(() => {
    if (!told) return;
    const search = new URLSearchParams(location.search);
    const nameOf = (id: string | null) => providers?.find((each) => String(each.id) === id)?.name ?? t('The provider');
    const linked = search.get('linked');
    const trouble = search.get('trouble');
    if (linked) toast(t('Your account at {name} is linked', { name: nameOf(linked) }));
    else if (trouble) toastProblem(troubleWords(trouble, nameOf(search.get('provider'))));
    // Once: it is old when the page is loaded anew.
    if (linked || trouble) history.replaceState(history.state, '', location.pathname);
  }, [told]);
  if (!providers?.length) return null;
  const close = () => {
    setChosen(null);
    void queryClient.invalidateQueries({ queryKey: keys.ownProviders });
  };
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>{t('Accounts elsewhere')}</h2>
      <p className={classes.lead}>{t('Sign in with an account that you have anyway. It stands for your password and the second step.')}</p>
      <ul aria-label={t('Accounts elsewhere')}>
        {providers.map((provider) => (
          <li key={provider.id} className={classes.row}>
            <IconLogin2 size={20} aria-hidden />
            <div className={classes.grow}>
              <p className="truncate" dir="auto">
                <strong>{provider.name}</strong>
              </p>
              <p className={classes.quiet}>
                {provider.lastUsedAt ? (
                  <Words of={t('used {time}')} time={<Time at={provider.lastUsedAt} />} />
                ) : provider.linkedAt ? (
                  <Words of={t('linked {time}')} time={<Time at={provider.linkedAt} />} />
                ) : (
                  t('not linked')
                )}
              </p>
            </div>
            <Button variant="subtle" color={provider.linkedAt ? 'red' : undefined} aria-label={actionOf(provider)} onClick={() => setChosen(provider)}>
              {provider.linkedAt ? t('Unlink') : t('Link it')}
            </Button>
          </li>
        ))}
      </ul>
      {chosen && (
        <div style={{ marginTop: 16 }}>
          <Confirmed key={chosen.id} cancel={close}>
            <Act provider={chosen} close={close} />
          </Confirmed>
        </div>
      )}
    </section>
  );
}

const actionOf = ({ name, linkedAt }: OwnIdentityProvider) => (linkedAt ? t('Unlink {name}', { name }) : t('Link {name}', { name }));

function Act({ provider, close }: { provider: OwnIdentityProvider; close: () => void }) {
  const { busy, save, reason } = useSaving();
  const { id, name, linkedAt } = provider;
  const path = `/me/identity-providers/${id}`;
  const run = () =>
    linkedAt
      ? void save(() => del(path), t('{name} is unlinked', { name })).then((worked) => worked && close())
      : void save(() => leaveFor(path));
  return (
    <>
      <p className={classes.lead}>
        {linkedAt
          ? t('The account at {name} then lets nobody in here any more. You can link it again.', { name })
          : t('You sign in at {name} once, and come back here.', { name })}
      </p>
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <div className={classes.actions}>
        <Button autoFocus loading={busy} onClick={run}>
          {actionOf(provider)}
        </Button>
        <Button variant="subtle" onClick={close}>
          {t('Cancel')}
        </Button>
      </div>
    </>
  );
}
