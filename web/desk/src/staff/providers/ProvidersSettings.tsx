import { Button } from '@mantine/core';
import { IconAlertTriangle, IconLogin2 } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { IdentityProvider } from '../../api/types';
import { Bone } from '../../platform/Bone';
import { del } from '../../platform/http';
import { plural, t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import { Time } from '../../platform/Time';
import { Trouble } from '../../platform/Trouble';
import { Words } from '../../platform/Words';
import classes from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import { ProviderForm } from './ProviderForm';
import { providersQuery } from './providers';

/** Who else may say who somebody is. */
export function ProvidersSettings() {
  const query = useQuery(providersQuery);
  const [adding, setAdding] = useState(false);
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>{t('Sign-in with accounts elsewhere')}</h2>
      <p className={classes.lead}>{t('People sign in with the account that they have at Google, Microsoft or a provider of your own (OpenID Connect). It stands for the password and the second step.')}</p>
      {query.isError && !query.data ? (
        <Trouble error={query.error} what={t('these settings')} retry={() => void query.refetch()} />
      ) : !query.data ? (
        <Bone width="100%" height={56} />
      ) : (
        <>
          <ul aria-label={t('Identity providers')}>
            {query.data.items.map((provider) => (
              <Provider key={provider.id} provider={provider} />
            ))}
          </ul>
          <div style={{ marginTop: 16 }}>
            {adding ? (
              <ProviderForm close={() => setAdding(false)} />
            ) : (
              <Button variant="default" onClick={() => setAdding(true)}>
                {t('Set up a provider')}
              </Button>
            )}
          </div>
        </>
      )}
    </section>
  );
}

function Provider({ provider }: { provider: IdentityProvider }) {
  const [doing, setDoing] = useState<'changing' | 'removing' | null>(null);
  const { name, people } = provider;
  const close = () => setDoing(null);
  const more = [
    people > 0 && plural(people, '{n} person has linked theirs', '{n} people have linked theirs'),
    provider.joinRole !== null && t('people of {domains} join by themselves', { domains: provider.domains.join(', ') }),
    provider.exclusive && t('required of all but owners'),
  ].filter((each) => typeof each === 'string');
  return (
    <li>
      <div className={classes.row}>
        <IconLogin2 size={20} aria-hidden />
        <div className={classes.grow}>
          <p className="truncate" dir="auto">
            <strong>{name}</strong>
          </p>
          <p className={`truncate ${classes.quiet}`}>{provider.issuer}</p>
          {more.length > 0 && <p className={classes.quiet}>{more.join(' · ')}</p>}
          {provider.trouble && provider.troubleAt && (
            <p className={classes.warn}>
              <IconAlertTriangle size={16} aria-hidden style={{ verticalAlign: -3 }} /> {provider.trouble}{' '}
              <Words of={t('Last seen {time}.')} time={<Time at={provider.troubleAt} />} />
            </p>
          )}
        </div>
        <Button variant="subtle" aria-label={t('Change {name}', { name })} onClick={() => setDoing('changing')}>
          {t('Change')}
        </Button>
        <Button variant="subtle" color="red" aria-label={t('Remove {name}', { name })} onClick={() => setDoing('removing')}>
          {t('Remove')}
        </Button>
      </div>
      {doing === 'changing' && (
        <div className={classes.card} style={{ marginTop: 16 }}>
          <ProviderForm provider={provider} close={close} />
        </div>
      )}
      {doing === 'removing' && (
        <div className={classes.card} style={{ marginTop: 16 }}>
          <Removal provider={provider} close={close} />
        </div>
      )}
    </li>
  );
}

function Removal({ provider: { id, name }, close }: { provider: IdentityProvider; close: () => void }) {
  const queryClient = useQueryClient();
  const { busy, save, reason } = useSaving();
  const remove = () =>
    void save(async () => {
      await del(`/identity-providers/${id}`);
      for (const queryKey of [keys.identityProviders, keys.offeredProviders, keys.ownProviders]) void queryClient.invalidateQueries({ queryKey });
    }, t('{name} lets nobody in any more', { name }));
  return (
    <>
      <p className={classes.lead}>{t('What people have linked goes with it and cannot be brought back. Whoever is signed in stays so; who has no password needs a link for one.')}</p>
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <div className={classes.actions}>
        <Button autoFocus loading={busy} onClick={remove}>
          {t('Remove {name}', { name })}
        </Button>
        <Button variant="subtle" onClick={close}>
          {t('Cancel')}
        </Button>
      </div>
    </>
  );
}
