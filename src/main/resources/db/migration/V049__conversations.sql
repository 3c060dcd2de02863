-- A message's stretch of 65,536 stands beside its words, so that the index is asked for the newest alone.
create index message_search_words on message_search
  using gin ((document || array_to_tsvector(array['#' || (message_id >> 16)::text]))) with (gin_pending_list_limit = 65536);
drop index message_search_document;
