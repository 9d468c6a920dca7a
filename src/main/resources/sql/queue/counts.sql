-- What is open, from the partial indexes; finished rows are not counted, there may be millions.
select (select count(*) from ${table} where status = 'queued' and next_attempt_at <= now()) as due,
       (select count(*) from ${table} where status = 'queued' and next_attempt_at > now() and next_attempt_at < 'infinity') as waiting,
       (select count(*) from ${table} where status = 'queued' and next_attempt_at = 'infinity') as held,
       (select count(*) from ${table} where status = 'sent') as in_flight,
       (select count(*) from bridge.dead_letter where queue = :queue and resolution is null) as dead,
       (select coalesce(extract(epoch from now() - min(next_attempt_at)), 0) from ${table}
         where status = 'queued' and next_attempt_at <= now()) as oldest_due_seconds
