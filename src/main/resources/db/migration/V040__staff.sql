-- The keys that an agent has chosen for what the desk does, where they differ from its own. An empty chord: no key.
create table agent_key (
  agent_id bigint not null references agent (id) on delete cascade,
  action text not null,
  chord text not null,
  primary key (agent_id, action)
);
