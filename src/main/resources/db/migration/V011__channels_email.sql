-- The keys by which a domain's mail is signed: at most one that signs, and one that waits to be seen in DNS.
create table dkim_key (
  id bigint generated always as identity primary key,
  domain text not null,
  selector text not null,
  -- base64, as DNS publishes it
  public_key text not null,
  -- sealed
  private_key bytea not null,
  active boolean not null default false,
  -- when DNS was last asked for it
  checked_at timestamptz,
  created_at timestamptz not null,
  unique (domain, selector)
);
create unique index dkim_key_one_of_each on dkim_key (domain, active);
