-- What an agent chose to be, until a time or until they choose anew. Whether a desk of theirs is open is not kept here.
alter table agent add column availability text not null default 'online'
  check (availability in ('online', 'away', 'off'));
alter table agent add column availability_until timestamptz;
