import { Button, Checkbox, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ConnectionResult, MailAccount, MailServer } from '../../api/types';
import { patch } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import settings from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import { testConnection } from './accounts';
import { ServerFields } from './ServerFields';
import { TestOutcome, worksWhole } from './TestOutcome';
import classes from './Mailboxes.module.css';

const USUAL: MailServer = { host: '', port: 465, security: 'tls' };

export function ChangeAccount({ account, close }: { account: MailAccount; close: () => void }) {
  const queryClient = useQueryClient();
  const byPassword = account.auth === 'password';
  const [userName, setUserName] = useState(account.userName);
  const [secret, setSecret] = useState('');
  const [imap, setImap] = useState<MailServer>(account.imap);
  const [smtp, setSmtp] = useState<MailServer>(account.smtp ?? USUAL);
  const [sends, setSends] = useState(account.smtp !== null);
  const [junk, setJunk] = useState(account.junk);
  const [folders, setFolders] = useState(account.folders);
  const [result, setResult] = useState<ConnectionResult | null>(null);
  const { busy, save, reason, fields } = useSaving();
  const choices = [...new Set([...account.folders, ...(result?.folders ?? [])])].sort((a, b) => a.localeCompare(b));
  const outgoing = sends ? { smtp } : {};
  const given = secret === '' ? {} : byPassword ? { password: secret } : { clientSecret: secret };

  const test = () =>
    save(async () =>
      setResult(
        await testConnection({ imap, ...outgoing, userName: userName.trim(), ...(secret ? { password: secret } : {}), accountId: account.id }),
      ),
    );
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await save(async () => {
      if (byPassword) {
        const tested = await testConnection({
          imap,
          ...outgoing,
          userName: userName.trim(),
          ...(secret ? { password: secret } : {}),
          accountId: account.id,
        });
        setResult(tested);
        if (!worksWhole(tested)) throw new Error(t('Nothing was changed: it does not work this way.'));
      }
      await patch(`/mail-accounts/${account.id}`, {
        imap,
        ...outgoing,
        sendsByRelay: !sends,
        userName: userName.trim(),
        ...given,
        folders,
        junk,
      });
      await queryClient.invalidateQueries({ queryKey: keys.mailAccounts });
    }, t('Saved'));
    if (done) close();
  };

  return (
    <form className={settings.form} style={{ maxWidth: 560 }} aria-label={t('Change {address}', { address: account.address })} onSubmit={(event) => void onSubmit(event)}>
      <TextInput
        label={t('User name')}
        required
        withAsterisk={false}
        value={userName}
        error={fields.userName}
        onChange={(event) => setUserName(event.currentTarget.value)}
      />
      <TextInput
        label={byPassword ? t('New password') : t('New client secret')}
        description={t('Empty keeps the one we have.')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        type="password"
        autoComplete="new-password"
        value={secret}
        error={fields.password ?? fields.clientSecret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      <ServerFields label={t('IMAP server')} value={imap} onChange={setImap} hostError={fields['imap.host']} portError={fields['imap.port']} />
      <Checkbox label={t('Send answers from this account too')} checked={sends} onChange={(event) => setSends(event.currentTarget.checked)} />
      {sends && (
        <ServerFields label={t('SMTP server')} value={smtp} onChange={setSmtp} hostError={fields['smtp.host']} portError={fields['smtp.port']} />
      )}
      <Checkbox label={t('Take its junk folder in, as spam')} checked={junk} onChange={(event) => setJunk(event.currentTarget.checked)} />
      {choices.length > 0 && (
        <Checkbox.Group label={t('Folders besides the inbox')} value={folders} onChange={setFolders}>
          <div className={classes.folders} style={{ paddingTop: 8 }}>
            {choices.map((folder) => (
              <Checkbox key={folder} value={folder} label={folder} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {result && <TestOutcome result={result} />}
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <div className={classes.bar}>
        <Button type="submit" loading={busy}>
          {t('Save')}
        </Button>
        {byPassword && (
          <Button variant="default" loading={busy} onClick={() => void test()}>
            {t('Test and list the folders')}
          </Button>
        )}
        <Button variant="subtle" onClick={close}>
          {t('Cancel')}
        </Button>
      </div>
    </form>
  );
}
