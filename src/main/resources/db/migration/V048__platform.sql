-- The program's own backups: when one was asked for, and what became of it.
create table backup (
  id bigint generated always as identity primary key,
  -- the agent who asked; null for the nightly one
  asked_by bigint,
  asked_at timestamptz not null,
  finished_at timestamptz,
  -- where it lies, on the node that made it
  file text,
  bytes bigint,
  -- why there is none, in words for the owner
  problem text
);
