-- What may be done with orders, where the shop has set it itself.
create table order_policy (
  brand_id bigint primary key references brand (id) on delete cascade,
  content jsonb not null,
  changed_at timestamptz not null
);

-- What was asked to be done in a shop, by whom and why, and what came of it. A row is asked, then running; its outcome may
-- be unknown for a while.
create table order_action (
  id bigint generated always as identity primary key,
  brand_id bigint not null references brand (id),
  shop_id bigint not null references shop (id) on delete cascade,
  order_id bigint references shop_order (id) on delete cascade,
  customer_id bigint references customer (id) on delete set null,
  -- of another room on the same floor, where it was asked
  conversation_id bigint,
  kind text not null,
  action jsonb not null,
  reason text,
  actor_kind text not null,
  actor_id bigint,
  -- by which the shop knows a repeat
  key text not null unique,
  -- what it gives away, in the smallest unit of the currency
  amount bigint not null,
  currency text not null,
  state text not null check (state in ('asked', 'running', 'unknown', 'done', 'refused', 'stuck')),
  attempts int not null default 0,
  words text,
  reference text,
  -- sealed: it may be worth money
  code bytea,
  -- the order as it was when it was decided
  before jsonb,
  asked_at timestamptz not null,
  ended_at timestamptz
);
create unique index order_action_open on order_action (order_id) where state in ('asked', 'running', 'unknown');
create index order_action_order on order_action (order_id, id);
create index order_action_customer on order_action (customer_id, id);
create index order_action_troubled on order_action (asked_at) where state in ('unknown', 'stuck');
