-- Programs elsewhere that are told what happens. Each has read the log up to its own place; its row is also its task:
-- when it is to be tried, and which node is at it.
create table webhook (
  id bigint generated always as identity primary key,
  url text not null,
  description text not null,
  -- names of facts; null for all that are told
  events text[],
  -- null for all
  brand_ids bigint[],
  -- by whose sight and permissions its content is read, and with which scopes
  agent_id bigint not null,
  scopes text[] not null,
  -- sealed; the old one signs beside the new one for a while
  secret bytea,
  old_secret bytea,
  old_secret_until timestamptz,
  state text not null default 'active' check (state in ('active', 'paused', 'disabled')),
  disabled_because text check (disabled_because in ('gone', 'failing', 'no_access')),
  disabled_at timestamptz,
  -- the fact that it was told last
  xid xid8 not null,
  fact_id bigint not null,
  -- requests that failed one after the other, the first of them, and why the last did
  failures int not null default 0,
  failing_since timestamptz,
  trouble text,
  delivered_at timestamptz,
  -- when it is tried again; null while it is told whatever comes
  due_at timestamptz,
  held_by text,
  held_until timestamptz,
  -- raised by whoever changes it, so that what is being sent meanwhile does not undo that
  revision int not null default 0,
  created_at timestamptz not null
);

-- What was sent to whom, and what came of it; forgotten after some days. It waits in the line where no time is set.
create table webhook_delivery (
  id bigint generated always as identity primary key,
  webhook_id bigint not null references webhook (id) on delete cascade,
  xid xid8 not null,
  fact_id bigint not null,
  fact_name text not null,
  state text not null check (state in ('delivered', 'waiting', 'failed')),
  attempts int not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  next_attempt_at timestamptz,
  status int,
  millis int not null,
  words text,
  answer text,
  unique (webhook_id, fact_id)
);
create index webhook_delivery_newest on webhook_delivery (webhook_id, id);
create index webhook_delivery_due on webhook_delivery (next_attempt_at) where next_attempt_at is not null;
create index webhook_delivery_last on webhook_delivery (last_at);
