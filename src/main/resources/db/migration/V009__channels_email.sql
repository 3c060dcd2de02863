alter table stored_mail
  -- what the sending server called itself
  add column helo text,
  -- judged while the sending server was still there
  add column authentication jsonb;
