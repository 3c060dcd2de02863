-- How a link came to be. Somebody who is rescued on the server loses the second step with it.
alter table invitation add column kind text not null default 'invitation';

-- When it was last chosen; null: not since this is written down.
alter table agent add column password_changed_at timestamptz;
