import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { ApiToken, CreatedApiToken, Page, Permission } from '../api/types';
import { CopyBox } from '../platform/CopyText';
import { Empty } from '../platform/Empty';
import { del, get, post, reasonOf } from '../platform/http';
import { keys } from '../platform/queries';
import { Time } from '../platform/Time';
import { toast, toastProblem } from '../platform/toasts';
import { Trouble } from '../platform/Trouble';
import classes from '../settings/Settings.module.css';
import { useSaving } from '../settings/useSaving';
import { useSession } from './session';

const tokensQuery = queryOptions({
  queryKey: keys.tokens,
  queryFn: ({ signal }) => get<Page<ApiToken>>('/tokens', undefined, signal),
});

const SCOPE_NAMES: Record<Permission, string> = {
  'conversations:read': 'Read conversations',
  'conversations:reply': 'Reply',
  'conversations:change': 'Change conversations',
  'brands:manage': 'Manage brands',
  'agents:manage': 'Manage people',
  'tokens:manage': 'Manage tokens',
  'audit:read': 'Read the audit',
  'metrics:read': 'Read metrics',
  'installation:manage': 'Manage the installation',
};

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
      toast(`${token.name} no longer works`);
    } catch (error) {
      toastProblem(`The token could not be removed. ${reasonOf(error)}`);
    } finally {
      void queryClient.invalidateQueries({ queryKey: keys.tokens });
    }
  };
  if (query.isError && !query.data) return <Trouble error={query.error} what="your tokens" retry={() => void query.refetch()} />;
  const tokens = query.data?.items ?? [];
  return (
    <>
      <div className={classes.bar}>
        <p className={classes.grow}>For programs that act in your name, with no more than you may do yourself.</p>
        {!making && tokens.length > 0 && <Button onClick={() => setMaking(true)}>New token</Button>}
      </div>
      {made && (
        <div className={classes.fresh} role="status">
          <p>
            This is <strong>{made.name}</strong>. Copy it now: it is not shown again.
          </p>
          <CopyBox text={made.token} label="Copy the token" />
        </div>
      )}
      {making && <TokenForm close={() => setMaking(false)} made={setMade} />}
      {query.isSuccess && tokens.length === 0 && !making && (
        <Empty icon={<IconKey size={24} />} title="No tokens" action={<Button onClick={() => setMaking(true)}>New token</Button>}>
          Make one for a script, a shop plug-in or an assistant.
        </Empty>
      )}
      <ul aria-label="Tokens">
        {tokens.map((token) => (
          <li key={token.id} className={classes.row}>
            <div className={classes.grow}>
              <p className="truncate">
                <strong>{token.name}</strong>
              </p>
              <p className={classes.quiet}>
                {token.scopes.map((scope) => SCOPE_NAMES[scope] ?? scope).join(', ')}
                {' · '}
                {token.lastUsedAt ? (
                  <>
                    used <Time at={token.lastUsedAt} />
                  </>
                ) : (
                  'never used'
                )}
                {token.expiresAt && (
                  <>
                    {' · until '}
                    <Time at={token.expiresAt} as="coming" />
                  </>
                )}
              </p>
            </div>
            <Button variant="subtle" color="red" onClick={() => void revoke(token)} aria-label={`Remove ${token.name}`}>
              Remove
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
          label="Name"
          placeholder="What will use it?"
          required
          withAsterisk={false}
          autoFocus
          maxLength={100}
          value={name}
          error={fields.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox.Group label="It may" value={scopes} onChange={setScopes} error={fields.scopes}>
          <div className={classes.scopes}>
            {permissions.map((scope) => (
              <Checkbox key={scope} value={scope} label={SCOPE_NAMES[scope] ?? scope} />
            ))}
          </div>
        </Checkbox.Group>
        <Select
          label="It works for"
          data={[
            { value: '30', label: '30 days' },
            { value: '90', label: '90 days' },
            { value: '365', label: 'One year' },
            { value: 'never', label: 'Until it is removed' },
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
            Make the token
          </Button>
          <Button variant="subtle" onClick={close}>
            Cancel
          </Button>
        </div>
      </div>
    </form>
  );
}
