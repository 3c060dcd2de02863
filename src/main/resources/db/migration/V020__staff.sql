-- Roles of the shop's own. Owner, lead, agent and guest are built in and stand in the program.
create table role (
  id bigint generated always as identity primary key,
  name text not null,
  explanation text not null default '',
  permissions text[] not null,
  created_at timestamptz not null
);
create unique index role_name on role (lower(name));

alter table agent
  drop constraint agent_role_check,
  add constraint agent_role_check check (role in ('owner', 'lead', 'agent', 'guest', 'own')),
  -- set where role is own; a role that somebody has cannot be removed
  add column role_id bigint references role (id),
  add constraint agent_own_role check ((role = 'own') = (role_id is not null)),
  -- which brands they see; null for all, also those to come
  add column brand_ids bigint[],
  -- which conversations of these: all, those of their teams and their own, or these and what nobody has
  add column sees text not null default 'all' check (sees in ('all', 'teams', 'teams_and_unassigned')),
  -- after that they are gone at once
  add column expires_at timestamptz,
  add constraint agent_guest_expires check (role <> 'guest' or expires_at is not null),
  add constraint agent_owner_sees_all check (
    role <> 'owner' or (brand_ids is null and sees = 'all' and expires_at is null)),
  -- what they speak with customers, as BCP 47 tags, the best first
  add column languages text[] not null default '{}';
create index agent_role_id on agent (role_id) where role_id is not null;
create index agent_expires on agent (expires_at) where active and expires_at is not null;

create table team (
  id bigint generated always as identity primary key,
  name text not null,
  color text not null,
  emoji text,
  demo boolean not null default false,
  created_at timestamptz not null
);
create unique index team_name on team (lower(name));

create table team_member (
  team_id bigint not null references team (id) on delete cascade,
  agent_id bigint not null references agent (id) on delete cascade,
  primary key (team_id, agent_id)
);
create index team_member_agent on team_member (agent_id);

-- What was one permission is several now: whoever had the one keeps what it allowed.
update api_token set scopes = scopes || array['customers:change', 'tags:manage']
  where 'conversations:change' = any(scopes);
update api_token set scopes = scopes || array['mail:manage', 'library:manage'] where 'brands:manage' = any(scopes);
update api_token set scopes = scopes || array['roles:manage', 'teams:manage'] where 'agents:manage' = any(scopes);
