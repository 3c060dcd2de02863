-- How a link came to be. Somebody who is rescued on the server loses the second step with it.
alter table invitation add column kind text not null default 'invitation';

-- When it was last chosen; null: not since this is written down.
alter table agent add column password_changed_at timestamptz;

-- Browsers by which an agent has signed in, by the fingerprint of the mark that each keeps.
create table known_device (
  id bigint generated always as identity primary key,
  agent_id bigint not null references agent (id) on delete cascade,
  fingerprint text not null,
  browser text,
  system text,
  network text,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  unique (agent_id, fingerprint)
);
create index known_device_last_seen_at on known_device (last_seen_at);

-- How often signing in as an agent was refused within a day, and when they were told of it.
create table refused_sign_in (
  agent_id bigint primary key references agent (id) on delete cascade,
  since timestamptz not null,
  times int not null,
  second_steps int not null,
  told_at timestamptz
);

-- What opened it, so that it ends with that. A passkey alone; what is opened by another way is not its.
alter table session add column passkey_id bigint references passkey (id) on delete set null;
create index session_passkey on session (passkey_id) where passkey_id is not null;
