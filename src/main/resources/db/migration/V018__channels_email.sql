-- What an agent says the own text of a mail should have been: cases to make the splitting better by.
create table split_case (
  id bigint generated always as identity primary key,
  message_id bigint not null references message (id) on delete cascade,
  agent_id bigint not null references agent (id),
  -- null where only "that was wrong" was said, empty where all of it is the author's
  own_text text,
  created_at timestamptz not null,
  unique (message_id, agent_id)
);
