-- At a company customers are found by its domain alone now, so all keys are made anew from the log.
delete from customer_key;
delete from customer_duplicate where dismissed_at is null;
update consumer set xid = '0', id = 0, attempts = 0, retry_at = null, last_error = null where name = 'Duplicates';
