import { Button } from '@mantine/core';
import { IconFingerprint } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Page, Passkey } from '../../api/types';
import { Bone } from '../../platform/Bone';
import { del, patch, reasonOf } from '../../platform/http';
import { t } from '../../platform/i18n';
import { InlineEdit } from '../../platform/InlineEdit';
import { keys } from '../../platform/queries';
import { Time } from '../../platform/Time';
import { toast, toastProblem } from '../../platform/toasts';
import { Trouble } from '../../platform/Trouble';
import { Words } from '../../platform/Words';
import classes from '../../settings/Settings.module.css';
import { Confirmed } from './Confirmed';
import { PasskeySetup } from './PasskeySetup';
import { passkeysQuery } from './queries';
import { passkeysPossible } from './webauthn';

/** The agent's passkeys: one more, another name, one less. */
export function Passkeys() {
  const query = useQuery(passkeysQuery);
  const queryClient = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Passkey | null>(null);
  const fresh = () => {
    void queryClient.invalidateQueries({ queryKey: keys.passkeys });
    void queryClient.invalidateQueries({ queryKey: keys.ownSignIn });
  };
  const close = () => {
    setAdding(false);
    setRemoving(null);
    fresh();
  };
  const rename = async (passkey: Passkey, name: string) => {
    queryClient.setQueryData<Page<Passkey>>(keys.passkeys, (old) => old && { ...old, items: old.items.map((each) => (each.id === passkey.id ? { ...each, name } : each)) });
    try {
      await patch(`/me/passkeys/${passkey.id}`, { name });
    } catch (error) {
      toastProblem(t('It could not be renamed. {reason}', { reason: reasonOf(error) }));
    } finally {
      fresh();
    }
  };
  const passkeys = query.data?.items ?? [];
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>{t('Passkeys')}</h2>
      <p className={classes.lead}>{t('Sign in with your fingerprint, your face or the PIN of a device, without a password. Whoever has a passkey is asked for it, or for a code, after the password.')}</p>
      {query.isError && !query.data ? (
        <Trouble error={query.error} what={t('your passkeys')} retry={() => void query.refetch()} />
      ) : query.isPending ? (
        <Bone width="100%" height={56} />
      ) : (
        <ul aria-label={t('Passkeys')}>
          {passkeys.map((passkey) => (
            <li key={passkey.id} className={classes.row}>
              <IconFingerprint size={20} aria-hidden />
              <div className={classes.grow}>
                <InlineEdit value={passkey.name} empty="–" label={t('Name of the passkey')} onSave={(name) => name && void rename(passkey, name)} />
                <p className={classes.quiet}>
                  {passkey.lastUsedAt ? <Words of={t('used {time}')} time={<Time at={passkey.lastUsedAt} />} /> : t('never used')}
                </p>
              </div>
              <Button variant="subtle" color="red" aria-label={t('Remove {name}', { name: passkey.name })} onClick={() => setRemoving(passkey)}>
                {t('Remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div style={{ marginTop: 16 }}>
        {adding ? (
          <Confirmed cancel={close}>
            <PasskeySetup done={close} cancel={close} />
          </Confirmed>
        ) : removing ? (
          <Confirmed key={removing.id} cancel={close}>
            <Removal passkey={removing} close={close} />
          </Confirmed>
        ) : passkeysPossible() ? (
          <Button variant="default" onClick={() => setAdding(true)}>
            {t('Add a passkey')}
          </Button>
        ) : (
          <p className={classes.quiet}>{t('Passkeys need the desk to be opened by its name, over https.')}</p>
        )}
      </div>
    </section>
  );
}

function Removal({ passkey, close }: { passkey: Passkey; close: () => void }) {
  const { name } = passkey;
  const remove = async () => {
    try {
      await del(`/me/passkeys/${passkey.id}`);
      toast(t('{name} no longer works', { name }));
    } catch (error) {
      toastProblem(t('It could not be removed. {reason}', { reason: reasonOf(error) }));
    }
    close();
  };
  return (
    <>
      <p className={classes.lead}>{t('{name} then lets nobody in any more. It cannot be brought back, only made anew.', { name })}</p>
      <div className={classes.actions}>
        <Button autoFocus onClick={() => void remove()}>
          {t('Remove {name}', { name })}
        </Button>
        <Button variant="subtle" onClick={close}>
          {t('Cancel')}
        </Button>
      </div>
    </>
  );
}
