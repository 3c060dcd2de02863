create table tag (
  id bigint generated always as identity primary key,
  name text not null,
  color text not null,
  created_at timestamptz not null
);
create unique index tag_name on tag (lower(name));

-- What a list shows fast is kept on the row it lists.
create table conversation (
  id bigint generated always as identity primary key,
  brand_id bigint not null references brand (id),
  customer_id bigint not null references customer (id),
  subject text not null,
  status text not null check (status in ('open', 'waiting', 'snoozed', 'resolved', 'spam')),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  assignee_id bigint references agent (id),
  tag_ids bigint[] not null default '{}',
  preview text not null,
  last_message_at timestamptz not null,
  last_direction text not null,
  channel text not null,
  message_count int not null,
  -- the oldest message of the customer that nobody has answered
  waiting_since timestamptz,
  snoozed_until timestamptz,
  resolved_at timestamptz,
  delivery_problem boolean not null default false,
  demo boolean not null default false,
  created_at timestamptz not null
);
create index conversation_by_status on conversation (status, last_message_at desc, id desc);
create index conversation_all on conversation (last_message_at desc, id desc) where status <> 'spam';
create index conversation_unassigned on conversation (last_message_at desc, id desc)
  where status = 'open' and assignee_id is null;
create index conversation_by_assignee on conversation (assignee_id, status, last_message_at desc, id desc)
  where assignee_id is not null;
create index conversation_by_customer on conversation (customer_id, last_message_at desc, id desc);
create index conversation_by_tag on conversation using gin (tag_ids) with (fastupdate = off) where tag_ids <> '{}';
-- counters by an index-only scan: what is resolved is not counted
create index conversation_counters on conversation (status, assignee_id) where status <> 'resolved';
create index conversation_snoozed on conversation (snoozed_until) where status = 'snoozed';

-- from_id continues to_id (it was closed too long ago), or only claims to (a stranger named its Message-ID).
create table conversation_link (
  from_id bigint not null references conversation (id) on delete cascade,
  to_id bigint not null references conversation (id) on delete cascade,
  relation text not null check (relation in ('continues', 'claims')),
  primary key (from_id, to_id)
);
create index conversation_link_to on conversation_link (to_id);

create table message (
  id bigint generated always as identity primary key,
  conversation_id bigint not null references conversation (id) on delete cascade,
  brand_id bigint not null references brand (id),
  direction text not null check (direction in ('inbound', 'outbound', 'note')),
  channel text not null,
  kind text not null check (kind in ('message', 'auto_reply', 'bounce', 'list')),
  agent_id bigint references agent (id),
  from_name text,
  from_address text,
  recipients jsonb not null default '[]',
  -- the address of ours that an inbound message was sent to, an answer leaves from it
  own_address text,
  subject text not null,
  text text not null,
  -- null where the author's own text is the whole text
  own_text text,
  html text,
  remote_images int not null default 0,
  unverified boolean not null default false,
  problem text,
  has_original boolean not null default false,
  -- the channel's own id: for mail the Message-ID without its brackets
  external_id text,
  -- the Message-ID that this one answers
  in_reply_to text,
  content_hash text,
  created_at timestamptz not null,
  delivery_state text check (delivery_state in ('queued', 'sending', 'sent', 'deferred', 'failed', 'withheld')),
  delivery_detail text,
  delivery_attempts int not null default 0,
  delivery_updated_at timestamptz,
  next_attempt_at timestamptz,
  undoable_until timestamptz,
  -- how the conversation was before this reply, for undo
  undo jsonb,
  constraint outbound_is_delivered check ((direction = 'outbound') = (delivery_state is not null))
);
create index message_conversation on message (conversation_id, id);
-- finds a thread by Message-ID, and holds a duplicate (same id, brand and content) back
create unique index message_external on message (external_id, brand_id, content_hash) where external_id is not null;
create index message_undelivered on message (delivery_state) where delivery_state in ('queued', 'sending', 'deferred');

-- Message-IDs that were answered before they arrived: mail overtakes mail.
create table awaited_message (
  brand_id bigint not null references brand (id),
  external_id text not null,
  conversation_id bigint not null references conversation (id) on delete cascade,
  primary key (brand_id, external_id, conversation_id)
);

create table attachment (
  id bigint generated always as identity primary key,
  -- null while it is an upload that no message has taken yet
  message_id bigint references message (id) on delete cascade,
  uploaded_by bigint references agent (id),
  name text not null,
  content_type text not null,
  size bigint not null,
  file text not null,
  content_id text,
  inline boolean not null default false,
  created_at timestamptz not null
);
create index attachment_message on attachment (message_id);

create table draft (
  conversation_id bigint not null references conversation (id) on delete cascade,
  agent_id bigint not null references agent (id),
  html text not null,
  updated_at timestamptz not null,
  primary key (conversation_id, agent_id)
);

-- The words of a message, filled just behind the log.
create table message_search (
  message_id bigint primary key references message (id) on delete cascade,
  conversation_id bigint not null references conversation (id) on delete cascade,
  document tsvector not null
);
create index message_search_document on message_search using gin (document);
create index message_search_conversation on message_search (conversation_id);
