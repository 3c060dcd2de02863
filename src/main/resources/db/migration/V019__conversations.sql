-- the appointment that a message is about, as an Appointment of the API
alter table message add column appointment jsonb;
