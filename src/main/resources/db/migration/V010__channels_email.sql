-- The account behind the address of a mailbox, read by IMAP and written from by SMTP.
create table mail_account (
  id bigint generated always as identity primary key,
  mailbox_id bigint not null unique references mailbox (id) on delete cascade,
  imap_host text not null,
  imap_port int not null,
  imap_security text not null check (imap_security in ('tls', 'starttls', 'none')),
  -- where there is none, answers leave through the relay
  smtp_host text,
  smtp_port int,
  smtp_security text check (smtp_security in ('tls', 'starttls', 'none')),
  user_name text not null,
  auth text not null check (auth in ('password', 'google', 'microsoft')),
  -- all secrets are sealed
  password bytea,
  client_id text,
  client_secret bytea,
  refresh_token bytea,
  access_token bytea,
  access_expires_at timestamptz,
  -- while a node fetches a new access token, the others wait for it
  refreshing_until timestamptz,
  -- the consent that an owner is just giving in the browser
  consent_fingerprint text unique,
  consent_verifier bytea,
  consent_until timestamptz,
  -- folders besides INBOX
  folders text[] not null default '{}',
  junk boolean not null default false,
  -- mail of so many days before connected_at is imported
  import_days int not null,
  import_total int not null default 0,
  connected_at timestamptz not null,
  state text not null default 'connecting' check (state in ('connecting', 'importing', 'live', 'refused', 'silent')),
  paused boolean not null default false,
  last_seen_at timestamptz not null,
  last_mail_at timestamptz,
  last_error text,
  -- too large or unreadable for their server: told, not taken
  left_on_server int not null default 0,
  -- counts changes of the settings: whoever reads with older ones begins again
  revision int not null default 0,
  -- the node that reads it, and until when it is known to live
  held_by text,
  held_until timestamptz
);

-- How far a folder has been read: all up to last_uid, but for what is still on the list of imap_import.
create table imap_folder (
  id bigint generated always as identity primary key,
  account_id bigint not null references mail_account (id) on delete cascade,
  name text not null,
  role text not null check (role in ('inbox', 'other', 'junk', 'sent')),
  uid_validity bigint,
  last_uid bigint not null default 0,
  unique (account_id, name)
);

-- Mail that was there before, still to be fetched. A row goes in the transaction that stores its mail.
create table imap_import (
  folder_id bigint not null references imap_folder (id) on delete cascade,
  uid bigint not null,
  received_at timestamptz not null,
  size bigint not null,
  answered boolean not null,
  primary key (folder_id, uid)
);

-- null: it came by SMTP
alter table stored_mail add column folder_role text check (folder_role in ('inbox', 'other', 'junk', 'sent'));
alter table stored_mail add column imported boolean not null default false;
alter table stored_mail add column answered boolean not null default false;

-- what arrives now goes before what is imported
create index stored_mail_waiting on stored_mail (imported, due_at, id) where state = 'new';
drop index stored_mail_new;
