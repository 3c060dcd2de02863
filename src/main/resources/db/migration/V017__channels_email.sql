-- What agents have taught about spam: how often hashed words stood in mail of either kind, never the words.
create table spam_token (
  brand_id bigint not null references brand (id),
  -- 18 bits; -1 counts the lessons
  token int not null,
  spam int not null default 0,
  ham int not null default 0,
  -- the lesson that changed it last, by which every node finds what is new
  lesson bigint not null,
  primary key (brand_id, token)
);
create index spam_token_lesson on spam_token (lesson);

-- What an agent last said of a sender, by a fingerprint of the address or of @ and its domain.
create table sender_verdict (
  brand_id bigint not null references brand (id),
  sender text not null,
  wanted boolean not null,
  lesson bigint not null,
  primary key (brand_id, sender)
);
create index sender_verdict_lesson on sender_verdict (lesson);

-- What was learnt from a conversation, so that it can be unlearnt.
create table spam_lesson (
  conversation_id bigint primary key references conversation (id) on delete cascade,
  brand_id bigint not null references brand (id),
  spam boolean not null,
  tokens int[] not null
);
create sequence spam_lesson_number;
