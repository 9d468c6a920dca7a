-- Claims due rows of one target, up to :room of weight: rows without a lane, and the first row of each lane that has
-- none in flight. A row that may share a call weighs 1, any other :most, which is as much as a call holds, so that what
-- is claimed fits into :room / :most calls.
--
-- A lane whose first row waits for its next attempt costs nothing: that row (waits = 1) is found by its time, and those
-- behind it (waits = 2) by nobody, until the end of the row in front makes the next one 0 again (ack.sql). Producers
-- know nothing of this: what they insert is 0, and is set aside by the first claim that finds it early, behind another,
-- or in a lane that a dead letter blocks. Nothing is set aside behind a row that could end meanwhile: the row in front is
-- locked, and one that is locked already is passed by. The order of a lane does not depend on any of it: what is claimed
-- is always the first queued row of its lane.
--
-- The other lanes are walked by a loose index scan from :after, at most :steps of them, so that a lane with a long
-- backlog costs one probe. What came after the walk began (an id above :until) is left to the next walk, wherever its
-- key is, so that no lane waits for ever new ones. Each probe spells out the predicate of its index and its whole order,
-- in comparisons of rows where equality would let the planner walk the primary key; it is a scalar sub-select or has a
-- limit on purpose: NOT EXISTS is planned as an anti join over the whole scan. There is always a row: its last columns
-- are how far the walk came, null at its end, and what it leaves to the next one.
with recursive walk as materialized (
  select coalesce(nullif(:until, 0), (select o.id from ${table} o order by o.id desc limit 1), 0) as until
), lane as (
  select cast(:after as text) as ordering_key, null::bigint as id, null::bigint as front, 0 as weight, 'none' as state,
         0 as step, 0 as found
  union all
  select n.ordering_key, n.id, n.front, n.weight, n.state, lane.step + 1,
         lane.found + case when n.state = 'due' then n.weight else 0 end
    from lane cross join lateral (
      select o.ordering_key, o.id, o.weight, s.front, s.state
        from (select o.ordering_key, o.id, o.next_attempt_at, ${weight} as weight
                from ${table} o
               where o.target = :target and o.status = 'queued' and o.ordering_key <> '' and o.next_attempt_at < 'infinity'
                 and o.waits = 0 and o.ordering_key > lane.ordering_key
               order by o.ordering_key, o.id limit 1) o
       cross join lateral (
         select f.id as front,
                case when (select 1 from ${table} b
                            where b.target = :target and b.status = 'sent' and b.ordering_key = o.ordering_key
                              and b.ordering_key <> '' limit 1) is not null then 'busy'
                     when f.id <> o.id then 'behind'
                     when :block and (select 1 from bridge.dead_letter d
                                       where d.queue = :queue and d.target = :target and d.ordering_key = o.ordering_key
                                         and d.resolution is null limit 1) is not null then 'blocked'
                     when o.next_attempt_at > now() then 'early'
                     when o.id > (select until from walk) then 'new'
                     else 'due' end as state
           from (select f.id from ${table} f
                  where (f.target, f.ordering_key) >= (:target, o.ordering_key)
                    and f.status = 'queued' and f.ordering_key <> '' and f.next_attempt_at < 'infinity'
                  order by f.target, f.ordering_key, f.id limit 1) f offset 0) s) n
   where lane.step < :steps and lane.found < :room
), again as materialized (
  select o.id, o.ordering_key, o.next_attempt_at, s.front, s.state
    from (select o.id, o.ordering_key, o.next_attempt_at from ${table} o
           where o.target = :target and o.status = 'queued' and o.ordering_key <> '' and o.next_attempt_at < 'infinity'
             and o.waits = 1 and o.next_attempt_at <= now()
           order by o.next_attempt_at, o.id limit 2 * :room + 50) o
   cross join lateral (
     select f.id as front,
            case when (select 1 from ${table} b
                        where b.target = :target and b.status = 'sent' and b.ordering_key = o.ordering_key
                          and b.ordering_key <> '' limit 1) is not null then 'busy'
                 when f.id <> o.id then 'behind'
                 when :block and (select 1 from bridge.dead_letter d
                                   where d.queue = :queue and d.target = :target and d.ordering_key = o.ordering_key
                                     and d.resolution is null limit 1) is not null then 'blocked'
                 else 'due' end as state
       from (select f.id from ${table} f
              where (f.target, f.ordering_key) >= (:target, o.ordering_key)
                and f.status = 'queued' and f.ordering_key <> '' and f.next_attempt_at < 'infinity'
              order by f.target, f.ordering_key, f.id limit 1) f) s
), head as materialized (
  -- By a list of ids: a join with what was found is planned for a row or two, and a claim finds hundreds.
  select o.id, o.next_attempt_at, ${weight} as weight from ${table} o
   where o.id = any(array(select id from lane where state = 'due'
                          union all
                          (select id from again where state = 'due' order by next_attempt_at, id limit :room)))
   -- Without its key, which the rescuer adds, a row could be applied twice.
     and o.status = 'queued' and o.next_attempt_at <= now() and o.idempotency_key is not null
   -- What a requeue has set aside behind an older row since this statement began
     and o.waits < 2
   for update of o skip locked
), plain as materialized (
  select o.id, o.next_attempt_at, ${weight} as weight from ${table} o
   where o.target = :target and o.status = 'queued' and o.ordering_key = '' and o.next_attempt_at <= now()
     and o.idempotency_key is not null
   order by o.next_attempt_at, o.id limit :room
   for update skip locked
), picked as materialized (
  select id from (select id, sum(weight) over (order by next_attempt_at, id) as sum
                    from (select id, next_attempt_at, weight from head
                          union all select id, next_attempt_at, weight from plain) due) heaped
   where sum <= :room
), claimed as (
  update ${table} o
     set status = 'sent', attempts = o.attempts + 1, waits = 0, locked_by = :instance,
         lease_token = nextval('bridge.lease_token'), lease_until = now() + make_interval(secs => :lease)
   where o.id = any(array(select id from picked))
  returning o.id, o.lease_token, o.target, o.ordering_key, o.idempotency_key, o.attempts, o.max_attempts, o.unreported,
            o.correlation_id, o.hop, left(o.traceparent, 56) as traceparent, left(o.tracestate, 513) as tracestate,
            ${replay} as replay_id, o.created_at, coalesce(o.not_after < now(), false) as expired,
            ${weight} < :most as shares,
            case when :with_payload then
              (select case when octet_length(p.text) <= 16384 then p.text end
                 from (select (${payload})::text as text offset 0) p) end as payload
), front as materialized (
  select o.id, o.ordering_key from ${table} o
   where o.id = any(array(select front from lane where state = 'behind'
                          union all select front from again where state = 'behind'))
     and o.status = 'queued' and o.waits > 0
   for no key update of o skip locked
), aside as materialized (
  select o.id, 1 as waits from ${table} o
   where o.id = any(array(select id from lane where state = 'early')) and o.status = 'queued' and o.waits = 0
   for update of o skip locked
), behind as materialized (
  select o.id, 2 as waits from ${table} o
   where o.id = any(array(
           select n.id
             from (select id, ordering_key from front
                   union all
                   select 0, ordering_key from lane where state = 'blocked'
                   union all
                   select 0, ordering_key from again where state = 'blocked') front
            cross join lateral (
              select n.id from ${table} n
               where n.target = :target and n.id > front.id
                 -- Two bounds, as in ack.sql
                 and n.ordering_key >= front.ordering_key and n.ordering_key <= front.ordering_key
                 and n.status = 'queued' and n.ordering_key <> '' and n.next_attempt_at < 'infinity' and n.waits = 0
               order by n.ordering_key, n.id limit 20) n
           union all
           select id from again
            where state = 'blocked' or (state = 'behind' and again.front in (select id from front))))
     and o.status = 'queued' and o.waits < 2
   for update of o skip locked
), set_aside as (
  update ${table} o set waits = a.waits
    from (select id, waits from aside union all select id, waits from behind) a
   where o.id = a.id and o.id = any(array(select id from aside union all select id from behind))
)
select c.*, w.scanned, w.until
  from (select walk.until,
               -- Lanes that were due and did not fit are the first of the next claim.
               case when missed.step is not null then (select ordering_key from lane where step = missed.step - 1)
                    else (select case when step >= :steps or found >= :room then ordering_key end
                            from lane order by step desc limit 1) end as scanned
          from walk cross join (
            select min(step) as step from lane
             where id = any(array(select id from head where id not in (select id from picked)))) missed) w
  left join claimed c on true
 order by c.id
