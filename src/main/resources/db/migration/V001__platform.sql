-- Facts: what happened, in the past tense, appended in the transaction that made it so. Ids and names of
-- what changed only, never a person's words, so that a person can be erased while the log stays.
create table fact (
  xid xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity,
  name text not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('agent', 'customer', 'system')),
  actor_id bigint,
  data jsonb not null,
  brand_id bigint generated always as ((data ->> 'brandId')::bigint) stored,
  conversation_id bigint generated always as ((data ->> 'conversationId')::bigint) stored,
  message_id bigint generated always as ((data ->> 'messageId')::bigint) stored,
  customer_id bigint generated always as ((data ->> 'customerId')::bigint) stored,
  primary key (xid, id)
);
create index fact_conversation on fact (conversation_id, id) where conversation_id is not null;

-- How far each consumer has read. The row is also its lock: one node reads at a time.
create table consumer (
  name text primary key,
  xid xid8 not null default '0',
  id bigint not null default 0,
  attempts int not null default 0,
  retry_at timestamptz,
  last_error text
);

-- Facts that a consumer could not take after several attempts; an operator sees them.
create table parked_fact (
  consumer text not null references consumer (name),
  xid xid8 not null,
  id bigint not null,
  error text not null,
  parked_at timestamptz not null,
  primary key (consumer, xid, id)
);

-- db-scheduler's own table, as its documentation gives it.
create table scheduled_tasks (
  task_name text not null,
  task_instance text not null,
  task_data bytea,
  execution_time timestamptz not null,
  picked boolean not null,
  picked_by text,
  last_success timestamptz,
  last_failure timestamptz,
  consecutive_failures int,
  last_heartbeat timestamptz,
  version bigint not null,
  priority smallint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);

-- The answer to a write that carried an Idempotency-Key, given again when the write is repeated.
create table idempotency_key (
  caller text not null,
  key text not null,
  request_hash text not null,
  status int,
  content_type text,
  body bytea,
  created_at timestamptz not null,
  primary key (caller, key)
);
create index idempotency_key_created_at on idempotency_key (created_at);
