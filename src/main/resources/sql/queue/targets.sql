-- Which of the targets :held are stopped; and which targets are not stopped and have something to claim: rows without a
-- lane that are due, lanes that a claim has to look at, and lanes whose time has come. What a deleted subscriber left
-- behind is never stopped. A loose index scan, one probe for each target and index, because a DISTINCT would read the
-- whole backlog.
with recursive plain as (
  (select target, next_attempt_at from ${table} where status = 'queued' and ordering_key = ''
    order by target, next_attempt_at limit 1)
  union all
  select n.target, n.next_attempt_at
    from plain cross join lateral (
      select q.target, q.next_attempt_at from ${table} q
       where q.status = 'queued' and q.ordering_key = '' and q.target > plain.target
       order by q.target, q.next_attempt_at limit 1) n
), again as (
  (select target, next_attempt_at from ${table}
    where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity' and waits = 1
    order by target, next_attempt_at limit 1)
  union all
  select n.target, n.next_attempt_at
    from again cross join lateral (
      select q.target, q.next_attempt_at from ${table} q
       where q.status = 'queued' and q.ordering_key <> '' and q.next_attempt_at < 'infinity' and q.waits = 1
         and q.target > again.target
       order by q.target, q.next_attempt_at limit 1) n
), ready as (
  (select target from ${table}
    where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity' and waits = 0
    order by target limit 1)
  union all
  select n.target
    from ready cross join lateral (
      select q.target from ${table} q
       where q.status = 'queued' and q.ordering_key <> '' and q.next_attempt_at < 'infinity' and q.waits = 0
         and q.target > ready.target
       order by q.target limit 1) n
)
select due.target, due.lanes, false as stopped
  from (select target, bool_or(lanes) as lanes
          from (select target, false as lanes from plain where next_attempt_at <= now()
                union all select target, true from again where next_attempt_at <= now()
                union all select target, true from ready) each_kind
         group by target) due
 where not exists (select from bridge.target_stop stop where stop.target = due.target)
    or (due.target like 'subscriber:%'
        and not exists (select from bridge.subscriber s where 'subscriber:' || s.id = due.target))
union all
select stop.target, false, true
  from bridge.target_stop stop
 where stop.target in (select jsonb_array_elements_text(cast(:held as jsonb)))
