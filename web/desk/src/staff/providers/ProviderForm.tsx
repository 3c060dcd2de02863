import { Button, Checkbox, PasswordInput, Select, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { IdentityProvider } from '../../api/types';
import { CopyBox } from '../../platform/CopyText';
import { get, post, put } from '../../platform/http';
import { t } from '../../platform/i18n';
import { keys } from '../../platform/queries';
import classes from '../../settings/Settings.module.css';
import { useSaving } from '../../settings/useSaving';
import { rolesQuery, roleTitle } from '../access';
import { kinds } from './kinds';

const setupQuery = {
  queryKey: [...keys.identityProviders, 'setup'],
  queryFn: ({ signal }: { signal: AbortSignal }) => get<{ redirectAddress: string }>('/identity-providers/setup', undefined, signal),
  staleTime: Number.POSITIVE_INFINITY,
};

/** What the provider needs to know of us, and what we need to know of it. */
export function ProviderForm({ provider, close }: { provider?: IdentityProvider; close: () => void }) {
  const queryClient = useQueryClient();
  const setup = useQuery(setupQuery).data;
  const roles = (useQuery(rolesQuery).data?.items ?? []).filter((role) => role.id !== 'owner' && role.id !== 'guest');
  const every = kinds();
  const [kind, setKind] = useState(every[0]);
  const [name, setName] = useState(provider?.name ?? every[0]?.name ?? '');
  const [issuer, setIssuer] = useState(provider?.issuer ?? every[0]?.issuer ?? '');
  const [clientId, setClientId] = useState(provider?.clientId ?? '');
  const [clientSecret, setClientSecret] = useState('');
  const [domains, setDomains] = useState(provider?.domains.join(', ') ?? '');
  const [joinRole, setJoinRole] = useState(provider?.joinRole ?? null);
  const [exclusive, setExclusive] = useState(provider?.exclusive ?? false);
  const { busy, save, reason, fields } = useSaving();

  const choose = (id: string | null) => {
    const chosen = every.find((each) => each.id === id);
    if (!chosen) return;
    setKind(chosen);
    setName(chosen.id === 'other' ? '' : chosen.name);
    setIssuer(chosen.issuer);
  };

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = { name, issuer, clientId, clientSecret: clientSecret || null, domains: domains.split(/[\s,;]+/).filter(Boolean), joinRole, exclusive };
    void save(
      async () => {
        await (provider ? put(`/identity-providers/${provider.id}`, wanted) : post('/identity-providers', wanted));
        await Promise.all([
          queryClient.invalidateQueries({ queryKey: keys.identityProviders }),
          queryClient.invalidateQueries({ queryKey: keys.offeredProviders }),
          queryClient.invalidateQueries({ queryKey: keys.ownProviders }),
        ]);
      },
      provider ? t('{name} is changed', { name }) : t('{name} is set up. Sign in with it once in another browser, to see that it works.', { name }),
    ).then((worked) => worked && close());
  };

  return (
    <form className={classes.form} style={{ maxWidth: 560 }} onSubmit={onSubmit}>
      {!provider && (
        <Select
          label={t('Who says who somebody is')}
          data={every.map((each) => ({ value: each.id, label: each.name }))}
          allowDeselect={false}
          autoFocus
          value={kind?.id ?? null}
          onChange={choose}
        />
      )}
      <div>
        <p>{t('There, as the redirect address, enter exactly this:')}</p>
        {setup && <CopyBox text={setup.redirectAddress} label={t('Copy the redirect address')} />}
      </div>
      {!provider && (
        <ol style={{ paddingLeft: 20, listStyle: 'decimal' }}>
          {kind?.steps.map((step) => (
            <li key={step} style={{ marginBottom: 8 }}>
              {step}
            </li>
          ))}
        </ol>
      )}
      <TextInput
        label={t('Name on the button')}
        required
        withAsterisk={false}
        maxLength={40}
        value={name}
        error={fields.name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={t('Issuer')}
        description={provider ? t('Accounts are known by it, so it stays.') : t('The address that the provider calls so, such as {sample}. It is asked when you save.', { sample: kind?.sample ?? '' })}
        required
        withAsterisk={false}
        readOnly={provider !== undefined}
        type="url"
        spellCheck={false}
        value={issuer}
        error={fields.issuer}
        onChange={(event) => setIssuer(event.currentTarget.value)}
      />
      <TextInput
        label={t('Client id')}
        required
        withAsterisk={false}
        autoComplete="off"
        spellCheck={false}
        value={clientId}
        error={fields.clientId}
        onChange={(event) => setClientId(event.currentTarget.value)}
      />
      <PasswordInput
        label={t('Client secret')}
        description={provider ? t('What is kept stays, unless you enter another one.') : undefined}
        required={!provider}
        withAsterisk={false}
        autoComplete="new-password"
        value={clientSecret}
        error={fields.clientSecret}
        onChange={(event) => setClientSecret(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('Show or hide the client secret') }}
      />
      <TextInput
        label={t('Mail domains')}
        description={t('Whoever comes for the first time has a verified address of one of these, such as yourshop.example. Empty for any.')}
        spellCheck={false}
        value={domains}
        error={fields.domains}
        onChange={(event) => setDomains(event.currentTarget.value)}
      />
      <Checkbox
        label={t('People of these domains join by themselves')}
        description={t('Else only those come in who were invited or are here already.')}
        checked={joinRole !== null}
        onChange={(event) => setJoinRole(event.currentTarget.checked ? 'agent' : null)}
      />
      {joinRole !== null && (
        <Select
          label={t('They become')}
          data={roles.map((role) => ({ value: role.id, label: roleTitle(role) }))}
          allowDeselect={false}
          value={joinRole}
          error={fields.joinRole}
          onChange={(role) => role && setJoinRole(role)}
        />
      )}
      <Checkbox
        label={t('Everybody but owners signs in this way only')}
        description={t('Passwords and passkeys of the others then open nothing. Owners keep theirs, for the day when the provider is away.')}
        checked={exclusive}
        onChange={(event) => setExclusive(event.currentTarget.checked)}
      />
      {reason && (
        <p role="alert" className="form-problem">
          {reason}
        </p>
      )}
      <div className={classes.actions}>
        <Button type="submit" loading={busy}>
          {provider ? t('Save') : t('Check and save')}
        </Button>
        <Button variant="subtle" onClick={close}>
          {t('Cancel')}
        </Button>
      </div>
    </form>
  );
}
