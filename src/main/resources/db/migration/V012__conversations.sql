alter table message
  drop constraint message_delivery_state_check,
  add constraint message_delivery_state_check check (delivery_state in
    ('queued', 'sending', 'sent', 'deferred', 'failed', 'withheld', 'scheduled', 'held')),
  -- what a message of ours is; null stands for reply where an older version wrote it
  add column purpose text check (purpose in ('reply', 'forward', 'redirect')),
  -- the message of theirs that a redirect passes on
  add column redirects bigint references message (id) on delete set null,
  -- written by somebody whom we had forwarded to: not the customer's
  add column third_party boolean not null default false,
  add column scheduled_for timestamptz,
  -- what the conversation becomes when a scheduled answer leaves
  add column then_status text,
  -- which recipients were settled while others were not: {address, accepted, words}
  add column outcomes jsonb not null default '[]';
-- for its foreign key: without it each message that is deleted is looked for in all
create index message_redirects on message (redirects) where redirects is not null;
create index message_scheduled on message (conversation_id) where delivery_state = 'scheduled';
