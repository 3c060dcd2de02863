create table agent (
  id bigint generated always as identity primary key,
  name text not null,
  email text not null,
  title text,
  role text not null check (role in ('owner', 'lead', 'agent')),
  password_hash text,
  active boolean not null default true,
  demo boolean not null default false,
  created_at timestamptz not null,
  last_seen_at timestamptz
);
create unique index agent_email on agent (lower(email));

-- Sessions, tokens and invitations are kept by fingerprint: who reads this table can use none of them.
create table session (
  fingerprint text primary key,
  agent_id bigint not null references agent (id),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index session_agent on session (agent_id);

create table api_token (
  id bigint generated always as identity primary key,
  fingerprint text not null unique,
  agent_id bigint not null references agent (id),
  name text not null,
  scopes text[] not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz
);
create index api_token_agent on api_token (agent_id);

-- A one-time link: to set up the first owner (no agent yet), to join, or to choose a new password.
create table invitation (
  fingerprint text primary key,
  agent_id bigint references agent (id),
  created_at timestamptz not null,
  expires_at timestamptz not null
);

-- Failed sign-ins, by address and by account, so that guessing slows down on every node.
create table sign_in_failure (
  subject text not null,
  at timestamptz not null
);
create index sign_in_failure_subject on sign_in_failure (subject, at);
create index sign_in_failure_at on sign_in_failure (at);
