-- A draft of its own for each answer, note and forward of a conversation, and one for a conversation still to begin.
alter table draft drop constraint draft_pkey;
alter table draft
  add column id bigint generated always as identity primary key,
  alter column conversation_id drop not null,
  add column kind text not null default 'reply' check (kind in ('reply', 'note', 'forward', 'start')),
  add column brand_id bigint references brand (id),
  add column subject text,
  -- {to, cc, bcc} as they stand in the fields; null for whom it usually goes to
  add column people jsonb,
  add column attachment_ids bigint[] not null default '{}',
  -- the one message that is forwarded; null for all of them
  add column forwarded bigint references message (id) on delete set null,
  -- which of the agent's devices wrote it
  add column device text,
  -- what the others had written when this took its place: {device, html, updatedAt}
  add column superseded jsonb not null default '[]',
  add constraint draft_has_its_place check ((kind = 'start') = (conversation_id is null));
alter table draft alter column kind drop default;
create unique index draft_place on draft (agent_id, conversation_id, kind) nulls not distinct;
create index draft_conversation on draft (conversation_id);
create index draft_forwarded on draft (forwarded) where forwarded is not null;

-- The view of what leaves later also shows what is held back.
drop index message_scheduled;
create index message_scheduled on message (conversation_id) where delivery_state in ('scheduled', 'held');

alter table conversation
  -- what the customer writes in (ISO 639-1); null while nobody can tell
  add column language text,
  -- an agent said so: it is not guessed any more
  add column language_chosen boolean not null default false;
