alter table message
  drop constraint message_kind_check,
  add constraint message_kind_check check (kind in ('message', 'auto_reply', 'bounce', 'list', 'receipt', 'challenge')),
  -- why it was taken for more than a person's message
  add column kind_reason text,
  add column marks text[] not null default '{}',
  -- whether the sender is who they say, and by what that was judged
  add column authentication jsonb;

-- why a conversation was put in spam by the program; null where an agent did
alter table conversation add column spam_reason text;
