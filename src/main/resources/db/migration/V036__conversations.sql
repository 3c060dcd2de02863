-- Tags are explained, archived and merged. One that was merged stays as a pointer, by which its id and its old name lead
-- to the other; its name is free for another.
alter table tag
  add column description text not null default '',
  add column archived_at timestamptz,
  add column merged_into bigint references tag (id);
drop index tag_name;
create unique index tag_name on tag (lower(name)) where merged_into is null;
create index tag_merged on tag (merged_into) where merged_into is not null;

-- Teams that a view is shared with; none where it is its owner's, or everybody's. A team that is gone shares nothing.
alter table view add column team_ids bigint[] not null default '{}';

-- Values of the shop's own fields by their keys, on the row they belong to: read with it in one go, nothing where there are
-- none, and one index finds by any of them.
alter table conversation add column fields jsonb not null default '{}';
create index conversation_by_field on conversation using gin (fields) with (fastupdate = off) where fields <> '{}';
-- what the kept one took over in a merge
alter table conversation_move add column fields_taken jsonb not null default '{}';
