-- Fields that the shop adds to what it knows of customers and conversations.
create table custom_field (
  id bigint generated always as identity primary key,
  subject text not null check (subject in ('conversation', 'customer')),
  -- by which values are kept and programs name it; never changes
  key text not null,
  name text not null,
  description text not null,
  kind text not null check (kind in ('text', 'number', 'date', 'yesNo', 'choice', 'choices', 'link')),
  -- [{"key": "dhl", "name": "DHL", "archived": false}]
  choices jsonb not null,
  place int not null,
  archived_at timestamptz,
  demo boolean not null,
  created_at timestamptz not null,
  unique (subject, key)
);

alter table customer add column fields jsonb not null default '{}';
create index customer_by_field on customer using gin (fields) where fields <> '{}';
-- what the kept one took over in a merge
alter table customer_merge add column fields_taken jsonb not null default '{}';
