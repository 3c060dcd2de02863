-- Files whose rows went; each goes itself once no other row names it.
create table leaving_file (
  file text primary key,
  due_at timestamptz not null
);
create index leaving_file_due_at on leaving_file (due_at);
