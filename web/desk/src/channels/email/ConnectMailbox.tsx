import { Button, Checkbox, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Brand, ConnectionResult, MailAccount, MailPresets, MailServer } from '../../api/types';
import { CopyBox } from '../../platform/CopyText';
import { post } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import settings from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import { IMPORTS, presetsOf, signInAtProvider, testConnection } from './accounts';
import { ServerFields } from './ServerFields';
import { TestOutcome, worksWhole } from './TestOutcome';
import classes from './Mailboxes.module.css';

interface Props {
  brand: Brand;
  /** Empty where it is still to be said. */
  address: string;
  close: () => void;
}

/** Two steps: whose mailbox it is, then how it is reached; nothing is saved before it works. */
export function ConnectMailbox({ brand, address: given, close }: Props) {
  const [address, setAddress] = useState(given);
  const [presets, setPresets] = useState<MailPresets | null>(null);
  const { busy, save, reason, fields } = useSaving();
  const look = (wanted: string) => save(async () => setPresets(await presetsOf(wanted)));
  const asked = useRef(false);
  useEffect(() => {
    if (given && !asked.current) {
      asked.current = true;
      void look(given);
    }
  });
  if (presets) {
    return (
      <section className={settings.card} aria-label={t('Connect {address}', { address })}>
        <SecondStep brand={brand} address={address.trim()} presets={presets} close={close} />
      </section>
    );
  }
  return (
    <section className={settings.card} aria-label={t('Connect a mailbox')}>
      <form
        className={settings.form}
        onSubmit={(event) => {
          event.preventDefault();
          void look(address.trim());
        }}
      >
        <h3 className={settings.sectionTitle}>{t('Connect a mailbox')}</h3>
        <TextInput
          label={t('Its address')}
          description={t('We look up who keeps it.')}
          type="email"
          required
          withAsterisk={false}
          data-autofocus
          autoFocus
          value={address}
          error={fields.address ?? reason}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <div className={classes.bar}>
          <Button type="submit" loading={busy}>
            {t('Next')}
          </Button>
          <Button variant="subtle" onClick={close}>
            {t('Cancel')}
          </Button>
        </div>
      </form>
    </section>
  );
}

const WAYS = { get password() { return t('Password'); }, google: 'Google', microsoft: 'Microsoft' } as const;

function SecondStep({ brand, address, presets, close }: { brand: Brand; address: string; presets: MailPresets; close: () => void }) {
  const queryClient = useQueryClient();
  const [provider, setProvider] = useState(presets.provider);
  const [auth, setAuth] = useState<MailAccount['auth']>(provider.auth[0] ?? 'password');
  const [userName, setUserName] = useState(address);
  const [password, setPassword] = useState('');
  const [clientId, setClientId] = useState('');
  const [clientSecret, setClientSecret] = useState('');
  const [imap, setImap] = useState<MailServer>(provider.imap);
  const [smtp, setSmtp] = useState<MailServer>(provider.smtp);
  const [sends, setSends] = useState(true);
  const [junk, setJunk] = useState(false);
  const [importDays, setImportDays] = useState('30');
  const [showsServers, setShowsServers] = useState(provider.id === 'generic');
  const [result, setResult] = useState<ConnectionResult | null>(null);
  const { busy, save, reason, fields } = useSaving();
  const everyProvider = [...new Map([presets.provider, ...presets.providers].map((each) => [each.id, each])).values()];

  const choose = (id: string | null) => {
    const chosen = everyProvider.find((each) => each.id === id);
    if (!chosen) return;
    setProvider(chosen);
    setAuth(chosen.auth[0] ?? 'password');
    setImap(chosen.imap);
    setSmtp(chosen.smtp);
    setShowsServers(chosen.id === 'generic');
    setResult(null);
  };

  const connect = async (event: FormEvent) => {
    event.preventDefault();
    setResult(null);
    await save(async () => {
      const outgoing = sends ? { smtp } : {};
      if (auth === 'password') {
        const tested = await testConnection({ imap, ...outgoing, userName: userName.trim(), password });
        setResult(tested);
        if (!worksWhole(tested)) return;
      }
      const made = await post<MailAccount>('/mail-accounts', {
        brandId: brand.id,
        address,
        imap,
        ...outgoing,
        userName: userName.trim(),
        auth,
        ...(auth === 'password' ? { password } : { clientId: clientId.trim(), clientSecret: clientSecret.trim() }),
        junk,
        importDays: Number(importDays),
      });
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.mailAccounts }),
        queryClient.invalidateQueries({ queryKey: keys.mailboxes }),
      ]);
      if (auth === 'password') close();
      else await signInAtProvider(made);
    });
  };

  return (
    <form className={settings.form} style={{ maxWidth: 560 }} onSubmit={(event) => void connect(event)}>
      <h3 className={`${settings.sectionTitle} truncate`}>{t('Connect {address}', { address })}</h3>
      <Select
        label={t('Kept by')}
        data={everyProvider.map((each) => ({ value: each.id, label: each.name }))}
        allowDeselect={false}
        value={provider.id}
        onChange={choose}
      />
      {provider.note && <p className={classes.words}>{provider.note}</p>}
      {provider.auth.length > 1 && (
        <SegmentedControl
          aria-label={t('How to sign in')}
          data={provider.auth.map((way) => ({ value: way, label: WAYS[way] }))}
          value={auth}
          onChange={(way) => setAuth(way as MailAccount['auth'])}
        />
      )}
      <TextInput
        label={t('User name')}
        required
        withAsterisk={false}
        autoCapitalize="none"
        spellCheck={false}
        autoComplete="off"
        value={userName}
        error={fields.userName}
        onChange={(event) => setUserName(event.currentTarget.value)}
      />
      {auth === 'password' ? (
        <TextInput
          label={provider.appPassword ? t('App password') : t('Password')}
          description={provider.appPassword ?? undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          type="password"
          required
          withAsterisk={false}
          autoComplete="new-password"
          value={password}
          error={fields.password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
      ) : (
        <>
          <p>
            {t('Register Shopbell at {provider} once and enter what it gives you. As the redirect address it wants exactly this:', {
              provider: WAYS[auth],
            })}
          </p>
          <CopyBox text={presets.callback} label={t('Copy the redirect address')} />
          <TextInput
            label={t('Client id')}
            required
            withAsterisk={false}
            autoComplete="off"
            value={clientId}
            error={fields.clientId}
            onChange={(event) => setClientId(event.currentTarget.value)}
          />
          <TextInput
            label={t('Client secret')}
            type="password"
            required
            withAsterisk={false}
            autoComplete="new-password"
            value={clientSecret}
            error={fields.clientSecret}
            onChange={(event) => setClientSecret(event.currentTarget.value)}
          />
        </>
      )}
      {showsServers ? (
        <>
          <ServerFields
            label={t('IMAP server')}
            value={imap}
            onChange={setImap}
            hostError={fields['imap.host']}
            portError={fields['imap.port']}
          />
          {sends && (
            <ServerFields
              label={t('SMTP server')}
              value={smtp}
              onChange={setSmtp}
              hostError={fields['smtp.host']}
              portError={fields['smtp.port']}
            />
          )}
        </>
      ) : (
        <p className={settings.quiet}>
          {imap.host}, {smtp.host}{' '}
          <Button variant="subtle" size="compact-sm" onClick={() => setShowsServers(true)}>
            {t('Change the servers')}
          </Button>
        </p>
      )}
      <Checkbox
        label={t('Send answers from this account too')}
        description={t('Else they leave by the relay of this installation.')}
        checked={sends}
        onChange={(event) => setSends(event.currentTarget.checked)}
      />
      <Checkbox
        label={t('Take its junk folder in, as spam')}
        checked={junk}
        onChange={(event) => setJunk(event.currentTarget.checked)}
      />
      <Select
        label={t('Import')}
        description={t('What was answered arrives as resolved, the rest as open.')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={IMPORTS}
        allowDeselect={false}
        value={importDays}
        onChange={(days) => days && setImportDays(days)}
      />
      {result && <TestOutcome result={result} />}
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <div className={classes.bar}>
        <Button type="submit" loading={busy}>
          {auth === 'password' ? t('Test and connect') : t('Sign in with {provider}', { provider: WAYS[auth] })}
        </Button>
        <Button variant="subtle" onClick={close}>
          {t('Cancel')}
        </Button>
      </div>
    </form>
  );
}
