-- The language that an agent's desk speaks, as a language tag ("de"); null: the browser's.
alter table agent add column desk_language text;
