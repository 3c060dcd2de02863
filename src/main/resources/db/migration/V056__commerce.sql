-- The demo shop: a shop system of its own, which the connector of that name reads and acts in as others do in theirs.
create table demo_shop_order (
  shop_id bigint not null references shop (id) on delete cascade,
  external_id text not null,
  changed_at timestamptz not null,
  content jsonb not null,
  primary key (shop_id, external_id)
);
create table demo_shop_product (
  shop_id bigint not null references shop (id) on delete cascade,
  external_id text not null,
  changed_at timestamptz not null,
  content jsonb not null,
  primary key (shop_id, external_id)
);
-- What was done by which key, so that a repeat does nothing.
create table demo_shop_done (
  shop_id bigint not null references shop (id) on delete cascade,
  key text not null,
  reference text,
  code text,
  primary key (shop_id, key)
);
