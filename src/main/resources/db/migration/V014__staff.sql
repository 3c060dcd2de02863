-- How an agent appears to customers, and when they want mail about theirs.
alter table agent add column display_name text;
-- the name of the current picture, as in its address: /faces/{face}
alter table agent add column face text;
alter table agent add column notifications text not null default 'mine'
  check (notifications in ('off', 'mine', 'mine_and_unassigned'));
-- when a person last did something at the desk, as opposed to the desk itself
alter table agent add column active_at timestamptz;

-- Pictures of agents, also those since replaced: mail that was sent shows them.
create table face (
  name text primary key,
  agent_id bigint not null references agent (id) on delete cascade,
  image bytea not null,
  created_at timestamptz not null
);
create index face_agent on face (agent_id, created_at);
