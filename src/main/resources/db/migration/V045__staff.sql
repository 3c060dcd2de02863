-- Who else says who somebody is (OpenID Connect). The secret is sealed. The issuer stays as it is: accounts are known by it.
create table identity_provider (
  id bigint generated always as identity primary key,
  name text not null,
  issuer text not null unique,
  client_id text not null,
  client_secret bytea not null,
  -- mail domains of those who may come by it; none for all
  domains text[] not null default '{}',
  -- what somebody unknown of these domains becomes; null where they have to be invited
  join_role text,
  -- whether everybody but owners has to come by it
  exclusive boolean not null default false,
  -- why it last let nobody in, in words for owners
  trouble text,
  trouble_at timestamptz,
  created_at timestamptz not null
);
create unique index identity_provider_name on identity_provider (lower(name));

-- The account of an agent at a provider: by its own name there, never by a mail address.
create table provider_account (
  provider_id bigint not null references identity_provider (id) on delete cascade,
  subject text not null,
  agent_id bigint not null references agent (id) on delete cascade,
  linked_at timestamptz not null,
  last_used_at timestamptz,
  primary key (provider_id, subject)
);
create unique index provider_account_agent on provider_account (agent_id, provider_id);
