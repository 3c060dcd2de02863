-- What stands below a brand's mails: HTML with placeholders such as {agent.name}; empty for nothing, no row for
-- the standard one. It takes the place of brand.signature, which nodes of the version before still read.
create table brand_signature (
  brand_id bigint primary key references brand (id) on delete cascade,
  html text not null
);
insert into brand_signature (brand_id, html)
select id, '<p>' || replace(replace(replace(replace(signature, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), E'\n', '<br>') || '</p>'
from brand where signature is not null;

-- The lines that an agent adds to it.
create table agent_signature (
  agent_id bigint not null references agent (id) on delete cascade,
  brand_id bigint not null references brand (id) on delete cascade,
  text text not null,
  primary key (agent_id, brand_id)
);

-- Mail to an agent about a message of a customer: one for each, however often there is a reason to.
create table agent_notification (
  id bigint generated always as identity primary key,
  agent_id bigint not null references agent (id) on delete cascade,
  conversation_id bigint not null references conversation (id) on delete cascade,
  message_id bigint not null references message (id) on delete cascade,
  attempts int not null default 0,
  created_at timestamptz not null,
  unique (message_id, agent_id)
);
create index agent_notification_agent on agent_notification (agent_id);
create index agent_notification_conversation on agent_notification (conversation_id);
create index agent_notification_created_at on agent_notification (created_at);

-- Mail that came to an agent's answering address, by its Message-ID, so that it counts once.
create table agent_answer (
  agent_id bigint not null references agent (id) on delete cascade,
  external_id text not null,
  created_at timestamptz not null,
  primary key (agent_id, external_id)
);
create index agent_answer_created_at on agent_answer (created_at);

-- dropped: a machine's answer to a mail to an agent
alter table stored_mail drop constraint stored_mail_state_check;
alter table stored_mail add constraint stored_mail_state_check
  check (state in ('new', 'taken', 'duplicate', 'echo', 'dropped', 'failed'));
