-- Counts what is open in a queue. Finished rows are not counted, there may be millions. Each predicate repeats that of
-- a partial index to the word: "status = 'queued'" alone would read the whole table. Rows of a stopped target are not late:
-- they wait as somebody wants it.
with stopped as materialized (
  select array_agg(target) as targets from bridge.target_stop
), due as (
  select count(*) as rows, count(*) filter (where target <> all (coalesce(targets, '{}'))) as ready,
         min(next_attempt_at) filter (where target <> all (coalesce(targets, '{}'))) as oldest
    from ${table}, stopped
   where status = 'queued' and ordering_key = '' and next_attempt_at <= now()
  union all
  select count(*), count(*) filter (where target <> all (coalesce(targets, '{}'))),
         min(next_attempt_at) filter (where target <> all (coalesce(targets, '{}'))) from ${table}, stopped
   where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity' and next_attempt_at <= now()
), waiting as (
  select count(*) as rows from ${table}
   where status = 'queued' and ordering_key = '' and next_attempt_at > now() and next_attempt_at < 'infinity'
  union all
  select count(*) from ${table}
   where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity' and next_attempt_at > now()
)
select (select sum(rows) from due) as due,
       (select sum(ready) from due) as ready,
       (select sum(rows) from waiting) as waiting,
       (select count(*) from ${table} where status = 'queued' and next_attempt_at = 'infinity') as held,
       (select count(*) from (select from ${table} where status = 'sent' order by lease_until) flying) as in_flight,
       (select count(*) from bridge.dead_letter where queue = :queue and resolution is null) as dead,
       (select coalesce(extract(epoch from now() - min(oldest)), 0) from due) as oldest_due_seconds
