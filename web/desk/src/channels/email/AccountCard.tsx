import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconDownload, IconLoader, IconPlayerPause } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MailAccount } from '../../api/types';
import { del, post, reasonOf } from '../../platform/http';
import { plural, t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import { Time } from '../../platform/Time';
import { toast, toastProblem } from '../../platform/toasts';
import settings from '../../settings/Settings.module.css';
import { Words } from '../../platform/Words';
import { isInTrouble, signInAtProvider, stateOf } from './accounts';
import { ChangeAccount } from './ChangeAccount';
import classes from './Mailboxes.module.css';

const SIGNS = {
  connecting: IconLoader,
  importing: IconDownload,
  live: IconCheck,
  refused: IconAlertTriangle,
  silent: IconAlertTriangle,
  paused: IconPlayerPause,
};

export function AccountCard({ account }: { account: MailAccount }) {
  const queryClient = useQueryClient();
  const [changing, setChanging] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const troubled = isInTrouble(account);
  const Sign = SIGNS[account.state];
  const act = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      toast(done);
    } catch (error) {
      toastProblem(reasonOf(error));
    } finally {
      void queryClient.invalidateQueries({ queryKey: keys.mailAccounts });
    }
  };
  const tell = (what: string) => post(`/mail-accounts/${account.id}/${what}`, {});
  return (
    <>
      <p className={`${classes.state} ${account.state === 'live' ? classes.good : troubled ? classes.bad : ''}`}>
        <Sign size={16} aria-hidden />
        <span>
          {stateOf(account)}
          <span className={settings.quiet}>
            {account.state === 'silent' && (
              <>
                {' '}
                <Words of={t('last seen {time}')} time={<Time at={account.lastSeenAt} />} />
              </>
            )}
            {account.lastMailAt && (
              <>
                {' · '}
                <Words of={t('last mail {time}')} time={<Time at={account.lastMailAt} />} />
              </>
            )}
            {account.importTotal > 0 && account.state === 'live' && ` · ${t('{n} imported', { n: account.importTotal })}`}
            {' · '}
            {account.smtp ? t('sends by {host}', { host: account.smtp.host }) : t('sends by the relay')}
          </span>
        </span>
      </p>
      {account.state === 'importing' && (
        <progress
          className={classes.progress}
          value={account.imported}
          max={account.importTotal}
          aria-label={t('Import of {address}', { address: account.address })}
        />
      )}
      {account.words && <p className={`${classes.words} ${troubled ? classes.troubled : ''}`}>{account.words}</p>}
      {account.leftOnServer > 0 && (
        <p className={settings.quiet}>
          {plural(
            account.leftOnServer,
            '{n} mail was larger than 60 MB or could not be read by the server, and stays there.',
            '{n} mails were larger than 60 MB or could not be read by the server, and stay there.',
          )}
        </p>
      )}
      {changing ? (
        <ChangeAccount account={account} close={() => setChanging(false)} />
      ) : (
        <div className={classes.bar}>
          {account.state !== 'live' && account.state !== 'importing' && account.state !== 'paused' && (
            <Button variant="default" size="compact-md" onClick={() => void act(() => tell('retry'), t('Trying'))}>
              {t('Try now')}
            </Button>
          )}
          {account.auth !== 'password' && account.state !== 'live' && account.state !== 'importing' && (
            <Button variant="default" size="compact-md" onClick={() => void act(() => signInAtProvider(account), t('One moment'))}>
              {t('Sign in again')}
            </Button>
          )}
          <Button variant="default" size="compact-md" onClick={() => setChanging(true)} aria-label={t('Change {address}', { address: account.address })}>
            {t('Change')}
          </Button>
          {account.state === 'paused' ? (
            <Button variant="default" size="compact-md" onClick={() => void act(() => tell('resume'), t('Going on'))}>
              {t('Resume')}
            </Button>
          ) : (
            <Button variant="default" size="compact-md" onClick={() => void act(() => tell('pause'), t('Paused'))}>
              {t('Pause')}
            </Button>
          )}
          {leaving ? (
            <Button
              color="red"
              size="compact-md"
              onClick={() => void act(() => del(`/mail-accounts/${account.id}`), t('{address} is disconnected', { address: account.address }))}
            >
              {t('Disconnect, keep the conversations')}
            </Button>
          ) : (
            <Button variant="subtle" color="red" size="compact-md" onClick={() => setLeaving(true)}>
              {t('Disconnect')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
