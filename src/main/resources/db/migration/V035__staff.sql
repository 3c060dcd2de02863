-- A session can be told from the others and ended alone. Of where it is used from, only what a person needs to
-- recognise it is kept: not the whole address, not the whole user agent.
alter table session add column id bigint generated always as identity;
alter table session add constraint session_id unique (id);
alter table session add column browser text;
alter table session add column system text;
alter table session add column network text;

-- When the agent last showed that it is them: how one signs in is changed soon after that only.
alter table session add column confirmed_at timestamptz not null default now();
-- What they signed in by: whoever has no second step, where one is required, is let in to set it up only.
alter table session add column method text not null default 'password';

-- An authenticator app (RFC 6238). The secret is sealed; it counts once a code of it was given.
create table totp (
  agent_id bigint primary key references agent (id) on delete cascade,
  secret bytea not null,
  confirmed_at timestamptz,
  last_step bigint not null default 0
);

-- Signed with the installation's secret, of which this table holds nothing. A used one is deleted.
create table recovery_code (
  agent_id bigint not null references agent (id) on delete cascade,
  signature text not null,
  primary key (agent_id, signature)
);

-- What was begun and is finished by whoever holds the ticket: signing in with a second step, a passkey's challenge.
create table sign_in_ticket (
  fingerprint text primary key,
  purpose text not null,
  agent_id bigint references agent (id) on delete cascade,
  data text not null default '',
  expires_at timestamptz not null
);
create index sign_in_ticket_expires_at on sign_in_ticket (expires_at);

-- One row: who has to have a second step.
create table sign_in_policy (
  id boolean primary key default true check (id),
  everyone boolean not null default false,
  roles text[] not null default '{}'
);
insert into sign_in_policy default values;
