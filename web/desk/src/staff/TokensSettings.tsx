import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ApiToken, CreatedApiToken, Page } from '../api/types';
import { CopyBox } from '../platform/CopyText';
import { Empty } from '../platform/Empty';
import { del, get, post, reasonOf } from '../platform/http';
import { t } from '../platform/i18n';
import { keys } from '../platform/queries';
import { Time } from '../platform/Time';
import { toast, toastProblem } from '../platform/toasts';
import { Trouble } from '../platform/Trouble';
import classes from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { Words } from '../platform/Words';
import { permissionWords } from './access';
import { useSession } from './session';

const tokensQuery = queryOptions({
  queryKey: keys.tokens,
  queryFn: ({ signal }) => get<Page<ApiToken>>('/tokens', undefined, signal),
});

const DAY = 86_400_000;

export function TokensSettings() {
  const queryClient = useQueryClient();
  const query = useQuery(tokensQuery);
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<CreatedApiToken | null>(null);
  const revoke = async (token: ApiToken) => {
    try {
      await del(`/tokens/${token.id}`);
      if (made?.id === token.id) setMade(null);
      toast(t('{name} no longer works', { name: token.name }));
    } catch (error) {
      toastProblem(t('The token could not be removed. {reason}', { reason: reasonOf(error) }));
    } finally {
      void queryClient.invalidateQueries({ queryKey: keys.tokens });
    }
  };
  if (query.isError && !query.data) return <Trouble error={query.error} what={t('your tokens')} retry={() => void query.refetch()} />;
  const tokens = query.data?.items ?? [];
  return (
    <>
      <div className={classes.bar}>
        <p className={classes.grow}>{t('For programs that act in your name, with no more than you may do yourself.')}</p>
        {!making && tokens.length > 0 && <Button onClick={() => setMaking(true)}>{t('New token')}</Button>}
      </div>
      {made && (
        <div className={classes.fresh} role="status">
          <p>
            <Words of={t('This is {name}. Copy it now: it is not shown again.')} name={<strong>{made.name}</strong>} />
          </p>
          <CopyBox text={made.token} label={t('Copy the token')} />
        </div>
      )}
      {making && <TokenForm close={() => setMaking(false)} made={setMade} />}
      {query.isSuccess && tokens.length === 0 && !making && (
        <Empty icon={<IconKey size={24} />} title={t('No tokens')} action={<Button onClick={() => setMaking(true)}>{t('New token')}</Button>}>
          {t('Make one for a script, a shop plug-in or an assistant.')}
        </Empty>
      )}
      <ul aria-label={t('Tokens')}>
        {tokens.map((token) => (
          <li key={token.id} className={classes.row}>
            <div className={classes.grow}>
              <p className="truncate">
                <strong>{token.name}</strong>
              </p>
              <p className={classes.quiet}>
                {token.scopes.map((scope) => permissionWords()[scope]?.name ?? scope).join(', ')}
                {' · '}
                {token.lastUsedAt ? (
                  <Words of={t('used {time}')} time={<Time at={token.lastUsedAt} />} />
                ) : (
                  t('never used')
                )}
                {token.expiresAt && (
                  <>
                    {' · '}
                    <Words of={t('until {time}')} time={<Time at={token.expiresAt} as="coming" />} />
                  </>
                )}
              </p>
            </div>
            <Button variant="subtle" color="red" onClick={() => void revoke(token)} aria-label={t('Remove {name}', { name: token.name })}>
              {t('Remove')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function TokenForm({ close, made }: { close: () => void; made: (token: CreatedApiToken) => void }) {
  const { permissions } = useSession();
  const queryClient = useQueryClient();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['conversations:read']);
  const [days, setDays] = useState('90');
  const { busy, save, reason, fields } = useSaving();
  const onSubmit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await save(async () => {
      const expiresAt = days === 'never' ? undefined : new Date(Date.now() + Number(days) * DAY).toISOString();
      made(await post<CreatedApiToken>('/tokens', { name: name.trim(), scopes, expiresAt }));
      void queryClient.invalidateQueries({ queryKey: keys.tokens });
    });
    if (done) close();
  };
  return (
    <form className={classes.card} onSubmit={(event) => void onSubmit(event)}>
      <div className={classes.form}>
        <TextInput
          label={t('Name')}
          placeholder={t('What will use it?')}
          required
          withAsterisk={false}
          autoFocus
          maxLength={100}
          value={name}
          error={fields.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group label={t('It may')} value={scopes} onChange={setScopes} error={fields.scopes}>
          <div className={classes.scopes}>
            {permissions.map((scope) => (
              <Checkbox key={scope} value={scope} label={permissionWords()[scope]?.name ?? scope} />
            ))}
          </div>
        </Checkbox.Group>
        <Select
          label={t('It works for')}
          data={[
            { value: '30', label: t('30 days') },
            { value: '90', label: t('90 days') },
            { value: '365', label: t('One year') },
            { value: 'never', label: t('Until it is removed') },
          ]}
          value={days}
          allowDeselect={false}
          onChange={(value) => setDays(value ?? '90')}
        />
        {reason && (
          <p role="alert" className="form-problem">
            {reason}
          </p>
        )}
        <div className={classes.actions}>
          <Button type="submit" loading={busy} disabled={scopes.length === 0}>
            {t('Make the token')}
          </Button>
          <Button variant="subtle" onClick={close}>
            {t('Cancel')}
          </Button>
        </div>
      </div>
    </form>
  );
}
