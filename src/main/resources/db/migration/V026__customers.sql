-- null but for one that another stands for now: its identities and all that was its own are there
alter table customer add column merged_into bigint references customer (id) on delete set null;
create index customer_merged_into on customer (merged_into) where merged_into is not null;

-- What was made one, so that it can be undone.
create table customer_merge (
  id bigint generated always as identity primary key,
  brand_id bigint not null references brand (id),
  kept_id bigint not null references customer (id) on delete cascade,
  merged_id bigint not null references customer (id) on delete cascade,
  agent_id bigint references agent (id) on delete set null,
  -- of the kept one, before and after
  name_before text,
  name_after text,
  address_before text,
  address_after text,
  merged_at timestamptz not null,
  undone_at timestamptz
);
create index customer_merge_kept on customer_merge (kept_id, id);
create unique index customer_merge_merged on customer_merge (merged_id) where undone_at is null;

-- The rows of every room that went from one to the other, and those that were the kept one's before.
create table customer_merge_row (
  merge_id bigint not null references customer_merge (id) on delete cascade,
  rows_name text not null,
  row_id bigint not null,
  moved boolean not null,
  primary key (merge_id, rows_name, row_id)
);

-- Under what customers are looked up who may be the same person: hashes, several for each.
create table customer_key (
  brand_id bigint not null references brand (id),
  key bigint not null,
  customer_id bigint not null references customer (id) on delete cascade,
  primary key (brand_id, key, customer_id)
);
create index customer_key_customer on customer_key (customer_id);

-- Two who may be the same person, and why.
create table customer_duplicate (
  low_id bigint not null references customer (id) on delete cascade,
  high_id bigint not null references customer (id) on delete cascade,
  brand_id bigint not null references brand (id),
  evidence text[] not null,
  strength int not null,
  found_at timestamptz not null,
  -- an agent has said that they are not
  dismissed_at timestamptz,
  dismissed_by bigint references agent (id) on delete set null,
  primary key (low_id, high_id),
  check (low_id < high_id)
);
create index customer_duplicate_high on customer_duplicate (high_id);
create index customer_duplicate_open on customer_duplicate (strength desc, low_id desc, high_id desc)
  where dismissed_at is null;
