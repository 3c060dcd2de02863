-- Customers are found while their name or address is typed, whatever its case and accents: as CustomersByName asks.
create index customer_words on customer using gin (
  to_tsvector('simple', replace(regexp_replace(normalize(lower(coalesce(customer.name, '') || ' '
    || coalesce(customer.address, '') || ' ' || translate(coalesce(customer.address, ''), '@.+_-', '     ')),
    NFKD), '[\u0300-\u036f]', '', 'g'), 'ß', 'ss')));
