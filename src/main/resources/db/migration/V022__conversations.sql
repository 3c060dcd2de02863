-- A saved filter. Its conditions name ids, so that they hold when something is renamed.
create table view (
  id bigint generated always as identity primary key,
  owner_id bigint not null references agent (id) on delete cascade,
  name text not null,
  icon text,
  conditions jsonb not null,
  sort text not null check (sort in ('newest', 'oldest', 'waiting', 'created', 'priority', 'due')),
  shared boolean not null,
  created_at timestamptz not null,
  -- in the bin since then
  deleted_at timestamptz
);
create index view_owner on view (owner_id);

-- How an agent has arranged the views: their keys in order, and which of them are put away.
create table view_arrangement (
  agent_id bigint primary key references agent (id) on delete cascade,
  keys text[] not null,
  hidden text[] not null
);

create index conversation_waiting_since on conversation (waiting_since) where waiting_since is not null;

-- One change to many conversations, done by a task in batches.
create table bulk_change (
  id bigint generated always as identity primary key,
  agent_id bigint not null references agent (id) on delete cascade,
  -- a BulkAction
  action jsonb not null,
  -- which one it takes back
  undoes bigint references bulk_change (id) on delete cascade,
  total int not null,
  changed int not null default 0,
  unchanged int not null default 0,
  refused int not null default 0,
  -- taken back before it was done
  stopped boolean not null default false,
  created_at timestamptz not null,
  finished_at timestamptz
);
create index bulk_change_agent on bulk_change (agent_id);
create index bulk_change_created on bulk_change (created_at);
create unique index bulk_change_undoes on bulk_change (undoes) where undoes is not null;

-- No foreign key to the conversation: one that is gone is reported as such.
create table bulk_change_item (
  bulk_change_id bigint not null references bulk_change (id) on delete cascade,
  conversation_id bigint not null,
  -- null until it was tried
  outcome text check (outcome in ('changed', 'unchanged', 'refused')),
  reason text,
  -- how the conversation was, for undo
  before jsonb,
  primary key (bulk_change_id, conversation_id)
);
create index bulk_change_item_pending on bulk_change_item (bulk_change_id, conversation_id) where outcome is null;
