-- How far each agent has read: a row once somebody has opened the conversation, none for all others. The order of the
-- key serves both questions: where one agent stands in fifty conversations of a list, and who has read in one.
create table conversation_reading (
  conversation_id bigint not null references conversation (id) on delete cascade,
  agent_id bigint not null references agent (id) on delete cascade,
  -- this message and all before it; not a reference, since what was seen may be taken back or moved
  message_id bigint not null,
  seen_at timestamptz not null,
  primary key (conversation_id, agent_id)
);

-- The newest message that agents should look at: from outside, or a note. 0 for what was there before this was known,
-- so that nothing old turns unread.
alter table conversation add column last_news_id bigint not null default 0;
