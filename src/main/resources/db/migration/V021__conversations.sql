alter table conversation add column team_id bigint references team (id) on delete set null;
create index conversation_by_team on conversation (team_id, status, last_message_at desc, id desc)
  where team_id is not null;
-- for those who see one brand of several
create index conversation_by_brand on conversation (brand_id, status, last_message_at desc, id desc);
-- counters by an index-only scan, also those of teams
create index conversation_counted on conversation (status, assignee_id, team_id) where status <> 'resolved';
drop index conversation_counters;
