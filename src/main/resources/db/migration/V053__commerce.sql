-- A shop system that we read and act in, for one brand.
create table shop (
  id bigint generated always as identity primary key,
  brand_id bigint not null references brand (id),
  kind text not null,
  name text not null,
  address text not null,
  currency text,
  -- sealed: what the owner entered, as JSON
  credentials bytea not null,
  -- where its webhooks come in, and what signs them where we choose it; the latter sealed
  hook_key text not null unique,
  hook_secret bytea not null,
  -- whether the shop was told of our address; null where its owner has to do so
  hooked boolean,
  state text not null default 'connected' check (state in ('connected', 'paused', 'refused')),
  -- what the key may not do and should
  missing text[] not null default '{}',
  -- what the shop says that it can do; null where it says nothing: then all that its kind can
  actions text[],
  trouble text,
  trouble_since timestamptz,
  failures int not null default 0,
  heard_at timestamptz,
  created_at timestamptz not null
);
create index shop_brand on shop (brand_id);

-- How far its orders and products are read: the first time all of them, later what has changed since.
create table shop_sync (
  shop_id bigint not null references shop (id) on delete cascade,
  what text not null check (what in ('orders', 'products')),
  -- null for all
  since timestamptz,
  cursor text,
  begun_at timestamptz not null,
  ended_at timestamptz,
  read bigint not null default 0,
  -- how many of them were not as we knew them, without a webhook having said so
  mended bigint not null default 0,
  primary key (shop_id, what)
);

-- What the shop has called us with, as it came: stored before it is understood, forgotten after some days.
create table shop_hook (
  id bigint generated always as identity primary key,
  shop_id bigint not null references shop (id) on delete cascade,
  -- null where the shop gives none; then each counts
  external_id text,
  topic text not null,
  headers jsonb not null,
  body bytea not null,
  state text not null default 'waiting' check (state in ('waiting', 'read', 'failed')),
  trouble text,
  received_at timestamptz not null,
  unique (shop_id, external_id)
);
create index shop_hook_waiting on shop_hook (shop_id, id) where state = 'waiting';
create index shop_hook_received on shop_hook (received_at);

-- Of what the shop has said only that it changed: it is asked how it is now.
create table shop_touched (
  shop_id bigint not null references shop (id) on delete cascade,
  what text not null check (what in ('order', 'product')),
  external_id text not null,
  touched_at timestamptz not null,
  due_at timestamptz not null,
  attempts int not null default 0,
  trouble text,
  primary key (shop_id, what, external_id)
);
create index shop_touched_due on shop_touched (shop_id, due_at);

-- An order. All that its shop says of it stands in content; what it is found by stands beside.
create table shop_order (
  id bigint generated always as identity primary key,
  shop_id bigint not null references shop (id),
  brand_id bigint not null references brand (id),
  customer_id bigint references customer (id),
  external_id text not null,
  number text not null,
  -- the number as people write it: letters and digits, in lower case
  number_key text not null,
  placed_at timestamptz not null,
  -- by the shop's clock, and when we asked for it: of two states the later one stands
  changed_at timestamptz not null,
  asked_at timestamptz not null,
  currency text not null,
  total bigint not null,
  refunded bigint not null,
  payment text not null,
  fulfilment text not null,
  cancelled_at timestamptz,
  test boolean not null,
  -- the shop has it no more
  removed_at timestamptz,
  -- since when nothing of a person may stand here any more, whatever the shop tells
  erased_at timestamptz,
  -- of the content: an order that is told again as it was changes nothing
  print bigint not null,
  content jsonb not null,
  unique (shop_id, external_id)
);
create index shop_order_customer on shop_order (customer_id, placed_at desc);
create index shop_order_number on shop_order (brand_id, number_key);
create index shop_order_placed on shop_order (brand_id, placed_at desc, id desc);

-- The lines of an order, by what they are of.
create table shop_order_line (
  order_id bigint not null references shop_order (id) on delete cascade,
  line_id text not null,
  product_id text,
  variant_id text,
  quantity int not null,
  primary key (order_id, line_id)
);
create index shop_order_line_product on shop_order_line (product_id, order_id) where product_id is not null;

-- What was sent, as the shop and the carrier say.
create table parcel (
  id bigint generated always as identity primary key,
  order_id bigint not null references shop_order (id) on delete cascade,
  external_id text not null,
  state text not null,
  -- what the shop said last: it is news only where the shop says something else
  shop_state text,
  carrier text,
  tracking_number text,
  tracking_url text,
  shipped_at timestamptz,
  expected_at timestamptz,
  delivered_at timestamptz,
  -- the last that was heard of it
  moved_at timestamptz not null,
  lines jsonb not null,
  unique (order_id, external_id)
);
create index parcel_number on parcel (tracking_number) where tracking_number is not null;
create index parcel_under_way on parcel (moved_at) where state in ('preparing', 'in_transit', 'out_for_delivery', 'at_pickup', 'attempted');

create table parcel_checkpoint (
  parcel_id bigint not null references parcel (id) on delete cascade,
  at timestamptz not null,
  state text not null,
  words text not null,
  place text not null,
  primary key (parcel_id, at, state, words)
);

create table product (
  id bigint generated always as identity primary key,
  shop_id bigint not null references shop (id),
  brand_id bigint not null references brand (id),
  external_id text not null,
  title text not null,
  changed_at timestamptz not null,
  asked_at timestamptz not null,
  removed_at timestamptz,
  print bigint not null,
  content jsonb not null,
  unique (shop_id, external_id)
);
create index product_words on product using gin (to_tsvector('simple', title));

create table product_variant (
  product_id bigint not null references product (id) on delete cascade,
  external_id text not null,
  sku text,
  price bigint not null,
  currency text not null,
  stock int,
  primary key (product_id, external_id)
);
create index product_variant_external on product_variant (external_id);
create index product_variant_sku on product_variant (sku) where sku is not null;
