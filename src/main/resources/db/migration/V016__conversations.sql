-- Whose pictures are always shown: a mail address, or the domain of one.
create table trusted_sender (
  id bigint generated always as identity primary key,
  brand_id bigint not null references brand (id),
  sender text not null,
  created_at timestamptz not null,
  unique (brand_id, sender)
);

-- Pictures that mails point to, fetched once for all who look. Only a cache: it is not logged, and empty after a crash.
create unlogged table remote_image (
  -- SHA-256 of the address as it was asked for
  key text primary key,
  -- until then one of the nodes is fetching it
  claimed_until timestamptz not null,
  fetched_at timestamptz,
  -- why there is no picture
  failure text,
  content_type text,
  content bytea,
  size int not null default 0
);
-- pictures are packed already
alter table remote_image alter column content set storage external;
create index remote_image_fetched on remote_image (fetched_at);
