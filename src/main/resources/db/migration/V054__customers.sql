-- Customers are known by more than their mail: by the number they are called at, and by their account in a shop, written
-- as shop:account.
alter table identity drop constraint identity_kind_check;
alter table identity add constraint identity_kind_check check (kind in ('email', 'phone', 'account')) not valid;
alter table identity validate constraint identity_kind_check;
