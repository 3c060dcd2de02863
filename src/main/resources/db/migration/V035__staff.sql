-- A session can be told from the others and ended alone. Of where it is used from, only what a person needs to
-- recognise it is kept: not the whole address, not the whole user agent.
alter table session add column id bigint generated always as identity;
alter table session add constraint session_id unique (id);
alter table session add column browser text;
alter table session add column system text;
alter table session add column network text;
