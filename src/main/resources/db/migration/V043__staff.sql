-- Passkeys (WebAuthn). The credential holds the public key; the counter rises with each use, where a device has one.
create table passkey (
  id bigint generated always as identity primary key,
  agent_id bigint not null references agent (id) on delete cascade,
  credential_id bytea not null unique,
  credential bytea not null,
  counter bigint not null,
  synced boolean not null,
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkey_agent on passkey (agent_id);
