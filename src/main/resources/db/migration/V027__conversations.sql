-- null but for one that another stands for now: its messages are there
alter table conversation add column merged_into bigint references conversation (id) on delete set null;
create index conversation_merged_into on conversation (merged_into) where merged_into is not null;

-- The messages of a conversation in the order of time, which is not that of their ids: what is imported or merged is
-- older than its id says.
create index message_by_time on message (conversation_id, created_at, id);
drop index message_conversation;

-- Two were made one (from_id points to to_id since), or messages were taken out of from_id into the new to_id.
create table conversation_move (
  id bigint generated always as identity primary key,
  brand_id bigint not null references brand (id),
  kind text not null check (kind in ('merge', 'split')),
  from_id bigint not null references conversation (id) on delete cascade,
  to_id bigint not null references conversation (id) on delete cascade,
  agent_id bigint references agent (id) on delete set null,
  moved_at timestamptz not null,
  undone_at timestamptz,
  -- how both stood before, and the one that was kept afterwards
  state jsonb not null
);
create index conversation_move_from on conversation_move (from_id);
create index conversation_move_to on conversation_move (to_id);

-- Where each message went; those that stayed go from a conversation to itself. back: when it was undone.
create table message_move (
  move_id bigint not null references conversation_move (id) on delete cascade,
  message_id bigint not null references message (id) on delete cascade,
  from_id bigint not null,
  to_id bigint not null,
  back boolean not null default false,
  primary key (move_id, message_id, back)
);
create index message_move_message on message_move (message_id);

alter table conversation_link
  drop constraint conversation_link_relation_check,
  -- same: an agent says that both are about the same; split: from_id was taken out of to_id
  add constraint conversation_link_relation_check check (relation in ('continues', 'claims', 'same', 'split'));
