alter table identity
  -- by what it was shown to be theirs: dmarc, spf, dkim, answer
  add column verified_by text,
  add column verified_at timestamptz,
  -- since when mail to it comes back for good, and what the other server said
  add column bounced_at timestamptz,
  add column bounce_words text;
