import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { RecoveryCodes as Codes } from '../../api/types';
import { Bone } from '../../platform/Bone';
import { del, post } from '../../platform/http';
import { plural, t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import { Trouble } from '../../platform/Trouble';
import classes from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import { AppSetup } from './AppSetup';
import { Confirmed } from './Confirmed';
import { ownSignInQuery } from './queries';
import { RecoveryCodes } from './RecoveryCodes';

type Doing = 'settingUp' | 'makingCodes' | 'removing';

/** What is asked after the password. */
export function SecondStep() {
  const query = useQuery(ownSignInQuery);
  const queryClient = useQueryClient();
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => {
    setDoing(null);
    void queryClient.invalidateQueries({ queryKey: keys.ownSignIn });
  };
  const own = query.data;
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>{t('Second step')}</h2>
      <p className={classes.lead}>{t('After your password, a code from an app on your phone. Whoever finds out your password then gets no further.')}</p>
      {query.isError && !own ? (
        <Trouble error={query.error} what={t('how you sign in')} retry={() => void query.refetch()} />
      ) : !own ? (
        <Bone width="100%" height={36} />
      ) : doing === 'settingUp' ? (
        <Confirmed cancel={close}>
          <AppSetup done={close} cancel={close} />
        </Confirmed>
      ) : doing === 'makingCodes' ? (
        <Confirmed cancel={close}>
          <NewCodes close={close} />
        </Confirmed>
      ) : doing === 'removing' ? (
        <Confirmed cancel={close}>
          <Act label={t('Take the app away')} done={t('You sign in by password alone now')} run={() => del('/me/authenticator-app')} close={close}>
            {t('You then sign in by password alone, and the recovery codes work no more.')}
          </Act>
        </Confirmed>
      ) : own.app ? (
        <>
          <p>
            <IconCheck size={16} aria-hidden style={{ verticalAlign: -3 }} /> {t('Your authenticator app is on.')}
          </p>
          <p className={own.recoveryCodes < 3 ? classes.warn : classes.quiet}>
            {plural(own.recoveryCodes, '{n} recovery code is left', '{n} recovery codes are left')}
          </p>
          <div className={classes.bar} style={{ marginTop: 16 }}>
            <Button variant="default" onClick={() => setDoing('makingCodes')}>
              {t('New recovery codes')}
            </Button>
            {!own.required && (
              <Button variant="subtle" color="red" onClick={() => setDoing('removing')}>
                {t('Take the app away')}
              </Button>
            )}
          </div>
        </>
      ) : (
        <Button onClick={() => setDoing('settingUp')}>{t('Set up an authenticator app')}</Button>
      )}
    </section>
  );
}

function NewCodes({ close }: { close: () => void }) {
  const [codes, setCodes] = useState<string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} done={close} />;
  return (
    <Act label={t('Make new codes')} run={async () => setCodes((await post<Codes>('/me/recovery-codes')).codes)} close={close} stays>
      {t('Ten new ones. Those that you have kept work no more.')}
    </Act>
  );
}

function Act({ label, done, run, close, stays = false, children }: { label: string; done?: string; run: () => Promise<unknown>; close: () => void; stays?: boolean; children: ReactNode }) {
  const { busy, save, reason } = useSaving();
  return (
    <>
      <p className={classes.lead}>{children}</p>
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <div className={classes.actions}>
        <Button autoFocus loading={busy} onClick={() => void save(run, done).then((worked) => worked && !stays && close())}>
          {label}
        </Button>
        <Button variant="subtle" onClick={close}>
          {t('Cancel')}
        </Button>
      </div>
    </>
  );
}
