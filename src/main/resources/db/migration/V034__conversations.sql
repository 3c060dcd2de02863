-- Languages are told as messages come in, and by no reader of the log any more.
delete from consumer where name = 'ConversationLanguages';

-- The words of a message hardly become shorter by compression, and are read again with every hit.
alter table message_search alter column document set storage external;
alter table message_search set (toast_tuple_target = 8160);
-- Far above what is ever waiting: IndexMessages has new words sorted in, in no transaction that others wait for.
alter index message_search_document set (gin_pending_list_limit = 65536);
