-- What one row carries; null if it is gone or larger than a message may be.
select case when octet_length(payload) <= 16777216 then payload end
  from (select (${payload})::text as payload from ${table} o where o.id = :id offset 0) p
