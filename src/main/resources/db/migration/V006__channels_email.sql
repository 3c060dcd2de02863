-- An address at which a brand receives mail.
create table mailbox (
  id bigint generated always as identity primary key,
  brand_id bigint not null references brand (id),
  address text not null,
  created_at timestamptz not null
);
create unique index mailbox_address on mailbox (lower(address));

-- Mail as it arrived, acknowledged once it stands here. Small mail in the row, large mail in a file.
create table stored_mail (
  id bigint generated always as identity primary key,
  brand_id bigint not null references brand (id),
  received_at timestamptz not null,
  envelope_from text,
  recipients text[] not null,
  peer text,
  size bigint not null,
  raw bytea,
  file text,
  state text not null default 'new' check (state in ('new', 'taken', 'duplicate', 'echo', 'failed')),
  attempts int not null default 0,
  due_at timestamptz not null,
  problem text,
  message_id bigint references message (id) on delete set null,
  check ((raw is null) <> (file is null))
);
create index stored_mail_new on stored_mail (due_at, id) where state = 'new';
create index stored_mail_failed on stored_mail (id) where state = 'failed';
create index stored_mail_message on stored_mail (message_id) where message_id is not null;
