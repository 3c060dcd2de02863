-- Who follows a conversation. Who has stopped keeps a row, so that nothing makes them follow again by itself.
create table follower (
  conversation_id bigint not null references conversation (id) on delete cascade,
  agent_id bigint not null references agent (id) on delete cascade,
  following boolean not null,
  since timestamptz not null,
  primary key (conversation_id, agent_id)
);
create index follower_agent on follower (agent_id, conversation_id) where following;

-- Colleagues whom a note names.
alter table message add column mention_ids bigint[] not null default '{}';

-- What an agent is told: a row for each event and agent, shown as one line for each conversation and time it was seen.
create table notification (
  id bigint generated always as identity primary key,
  agent_id bigint not null references agent (id) on delete cascade,
  conversation_id bigint not null references conversation (id) on delete cascade,
  -- the message it is about; gone with it
  message_id bigint references message (id) on delete cascade,
  kind text not null,
  actor_id bigint references agent (id) on delete set null,
  -- the fact that was the reason: the same one is no reason twice
  fact_xid xid8 not null,
  fact_id bigint not null,
  -- where the agent wants it
  desk boolean not null,
  mail boolean not null,
  push boolean not null,
  -- where it was told besides the desk's list, and which one was told with it; null while that is not decided
  told text check (told in ('desk', 'mail', 'push')),
  told_with bigint,
  told_at timestamptz,
  -- when the first device took the push
  pushed_at timestamptz,
  seen_at timestamptz,
  created_at timestamptz not null,
  unique (agent_id, fact_xid, fact_id)
);
create index notification_agent on notification (agent_id, id desc);
create index notification_unseen on notification (agent_id, conversation_id) where seen_at is null;
create index notification_conversation on notification (conversation_id);
create index notification_message on notification (message_id);
create index notification_created_at on notification (created_at);

-- How an agent wants to be told; no row for the usual way.
create table notification_settings (
  agent_id bigint primary key references agent (id) on delete cascade,
  -- only what differs from the usual: [{"kind": "mentioned", "desk": true, "mail": false, "push": true}]
  choices jsonb not null default '[]',
  mail_after_minutes int not null default 5,
  quiet_from text,
  quiet_until text,
  time_zone text not null default 'UTC',
  paused_until timestamptz,
  push_words boolean not null default false,
  follow_answered boolean not null default true
);

-- What agents had chosen about mail. agent.notifications is read no more; it goes with a later version.
insert into notification_settings (agent_id, choices)
select id, case notifications
  when 'off' then '[{"kind": "mentioned", "desk": true, "mail": false, "push": true},
    {"kind": "assigned", "desk": true, "mail": false, "push": false},
    {"kind": "answered", "desk": true, "mail": false, "push": false},
    {"kind": "failed", "desk": true, "mail": false, "push": false},
    {"kind": "held", "desk": true, "mail": false, "push": false}]'::jsonb
  else '[{"kind": "unassigned", "desk": false, "mail": true, "push": false}]'::jsonb end
from agent where notifications in ('off', 'mine_and_unassigned');

-- The key pair by which push services know us, made once.
create table push_key (
  only_one boolean primary key default true check (only_one),
  public_key text not null,
  private_key bytea not null
);

-- A browser that shows an agent's notifications.
create table push_device (
  id bigint generated always as identity primary key,
  agent_id bigint not null references agent (id) on delete cascade,
  endpoint text not null,
  public_key text not null,
  secret text not null,
  name text not null,
  created_at timestamptz not null,
  last_pushed_at timestamptz
);
create unique index push_device_endpoint on push_device (md5(endpoint));
create index push_device_agent on push_device (agent_id);

-- What is on its way to a device: of a conversation only the newest.
create table push_message (
  id bigint generated always as identity primary key,
  device_id bigint not null references push_device (id) on delete cascade,
  conversation_id bigint not null references conversation (id) on delete cascade,
  notification_id bigint not null references notification (id) on delete cascade,
  attempts int not null default 0,
  created_at timestamptz not null,
  unique (device_id, conversation_id)
);
create index push_message_notification on push_message (notification_id);
create index push_message_conversation on push_message (conversation_id);
