-- The words of the names of a message's files; null for most, which have none.
alter table message_search add column files tsvector;
create index message_search_files on message_search using gin (files) where files is not null;

-- The words now tell apart who sent it, to whom, and what it is about: what is known is read anew from the log.
update consumer set xid = default, id = default where name = 'IndexMessages';

create index message_note on message (conversation_id) where direction = 'note';

-- What an agent has searched for, the last twenty; nobody else sees it.
create table recent_search (
  agent_id bigint not null references agent (id) on delete cascade,
  query text not null,
  searched_at timestamptz not null,
  primary key (agent_id, query)
);
