-- the appointment that a message is about, as an Invitation of the API
alter table message add column invitation jsonb;
