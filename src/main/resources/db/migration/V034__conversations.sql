-- Languages are told as messages come in, and by no reader of the log any more.
delete from consumer where name = 'ConversationLanguages';
