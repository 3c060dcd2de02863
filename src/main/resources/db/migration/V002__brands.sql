-- A brand is one shop: with its own name, mail address, look and, later, hours and help centre.
create table brand (
  id bigint generated always as identity primary key,
  name text not null,
  address text,
  from_name text,
  color text not null default '#4f46e5',
  time_zone text not null default 'UTC',
  signature text,
  created_at timestamptz not null
);
