-- Who is being erased, and by what they are found in the other rooms. A row goes with its customer, once nothing else is left.
create table customer_erasure (
  customer_id bigint primary key references customer (id) on delete cascade,
  brand_id bigint not null references brand (id),
  agent_id bigint references agent (id) on delete set null,
  -- itself, and those that were merged into it
  customer_ids bigint[] not null,
  -- in lower case
  addresses text[] not null,
  names text[] not null,
  requested_at timestamptz not null
);
