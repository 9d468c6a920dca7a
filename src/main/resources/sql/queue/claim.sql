-- Claims due rows of one target, up to :room of weight: rows without a lane, and the first row of each lane that has
-- none in flight. A row that may share a call weighs 1, any other :most, which is as much as a call holds, so that what
-- is claimed fits into :room / :most calls. Lanes are walked by a loose index scan from :after, at most :steps of them,
-- so that a lane with a long backlog costs one probe. A locked head means "not this lane", never "its second row". The
-- busy probe is a scalar sub-select on purpose: NOT EXISTS is planned as an anti join over the whole scan. There is
-- always a row: its last column is how far the scan came.
with recursive lane as (
  (select o.ordering_key, o.id, o.next_attempt_at, ${weight} as weight, 1 as step, 0 as found
     from ${table} o
    where o.target = :target and o.status = 'queued' and o.ordering_key <> '' and o.next_attempt_at < 'infinity'
      and o.ordering_key > :after
    order by o.ordering_key, o.id limit 1)
  union all
  select n.ordering_key, n.id, n.next_attempt_at, n.weight, lane.step + 1, n.found
    from lane cross join lateral (
      select o.ordering_key, o.id, o.next_attempt_at, ${weight} as weight,
             lane.found + case when lane.next_attempt_at <= now()
                                and (select 1 from ${table} b
                                      where b.target = :target and b.status = 'sent'
                                        and b.ordering_key = lane.ordering_key limit 1) is null
                               then lane.weight else 0 end as found
        from ${table} o
       where o.target = :target and o.status = 'queued' and o.ordering_key <> '' and o.next_attempt_at < 'infinity'
         and o.ordering_key > lane.ordering_key
       order by o.ordering_key, o.id limit 1) n
   where lane.step < :steps and n.found < :room
), head as materialized (
  select o.id, o.next_attempt_at, ${weight} as weight
    from lane join ${table} o on o.id = lane.id
   where o.status = 'queued' and o.next_attempt_at <= now()
     and (select 1 from ${table} b
           where b.target = :target and b.status = 'sent' and b.ordering_key = lane.ordering_key limit 1) is null
     and (not :block
          or (select 1 from bridge.dead_letter d
               where d.queue = :queue and d.target = :target and d.ordering_key = lane.ordering_key
                 and d.resolution is null limit 1) is null)
   order by o.next_attempt_at, o.id limit :room
   for update of o skip locked
), plain as materialized (
  select o.id, o.next_attempt_at, ${weight} as weight from ${table} o
   where o.target = :target and o.status = 'queued' and o.ordering_key = '' and o.next_attempt_at <= now()
   order by o.next_attempt_at, o.id limit :room
   for update skip locked
), picked as materialized (
  select id from (select id, sum(weight) over (order by next_attempt_at, id) as sum
                    from (select * from head union all select * from plain) due) heaped
   where sum <= :room
), claimed as (
  update ${table} o
     set status = 'sent', attempts = o.attempts + 1, locked_by = :instance,
         lease_token = nextval('bridge.lease_token'), lease_until = now() + make_interval(secs => :lease)
    from picked where o.id = picked.id
  returning o.id, o.lease_token, o.target, o.ordering_key, o.idempotency_key, o.attempts, o.max_attempts,
            o.correlation_id, o.hop, ${replay} as replay_id, o.created_at, coalesce(o.not_after < now(), false) as expired,
            ${weight} < :most as shares,
            case when :with_payload then
              (select case when octet_length(p.text) <= 16777216 then p.text end
                 from (select (${payload})::text as text offset 0) p) end as payload
)
select c.*, s.scanned
  from (select (select case when step >= :steps or found + weight >= :room then ordering_key end
                  from lane order by step desc limit 1) as scanned) s
  left join claimed c on true
 order by c.id
