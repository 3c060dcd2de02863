create table customer (
  id bigint generated always as identity primary key,
  brand_id bigint not null references brand (id),
  name text,
  -- the identity that lists show, kept here so that they need no join
  address text,
  demo boolean not null default false,
  created_at timestamptz not null
);
create index customer_demo on customer (id) where demo;

-- How a customer is known on a channel. One value belongs to one customer of the brand.
create table identity (
  id bigint generated always as identity primary key,
  brand_id bigint not null references brand (id),
  customer_id bigint not null references customer (id),
  kind text not null check (kind in ('email')),
  value text not null,
  verified boolean not null default false,
  created_at timestamptz not null,
  unique (brand_id, kind, value)
);
create index identity_customer on identity (customer_id);
