-- The logo of a brand, under the name by which the world may have it: /logos/{name}.
create table brand_logo (
  brand_id bigint primary key references brand (id) on delete cascade,
  name text not null unique,
  image bytea not null,
  created_at timestamptz not null
);
