-- Files that a brand's agents attach again and again.
create table library_file (
  id bigint generated always as identity primary key,
  brand_id bigint not null references brand (id),
  name text not null,
  content_type text not null,
  size bigint not null,
  file text not null,
  created_by bigint references agent (id) on delete set null,
  created_at timestamptz not null
);
create index library_file_brand on library_file (brand_id, lower(name));
