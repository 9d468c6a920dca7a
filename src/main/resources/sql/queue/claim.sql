-- Claims up to :free due rows of one target: rows without a lane, and the first row of each lane that
-- has none in flight. Lanes are walked by a loose index scan from :after, at most :steps of them, so
-- that a lane with a long backlog costs one probe. A locked head means "not this lane", never "its
-- second row". The busy probe is a scalar sub-select on purpose: NOT EXISTS is planned as an anti join
-- over the whole scan. There is always a row: the last column says how far the scan came.
with recursive lane as (
  (select o.ordering_key, o.id, o.next_attempt_at, 1 as step, 0 as found
     from ${table} o
    where o.target = :target and o.status = 'queued' and o.ordering_key <> '' and o.next_attempt_at < 'infinity'
      and o.ordering_key > :after
    order by o.ordering_key, o.id limit 1)
  union all
  select n.ordering_key, n.id, n.next_attempt_at, lane.step + 1, n.found
    from lane cross join lateral (
      select o.ordering_key, o.id, o.next_attempt_at,
             lane.found + case when lane.next_attempt_at <= now()
                                and (select 1 from ${table} b
                                      where b.target = :target and b.status = 'sent'
                                        and b.ordering_key = lane.ordering_key limit 1) is null
                               then 1 else 0 end as found
        from ${table} o
       where o.target = :target and o.status = 'queued' and o.ordering_key <> '' and o.next_attempt_at < 'infinity'
         and o.ordering_key > lane.ordering_key
       order by o.ordering_key, o.id limit 1) n
   where lane.step < :steps and n.found < :free
), head as materialized (
  select o.id, o.next_attempt_at
    from lane join ${table} o on o.id = lane.id
   where o.status = 'queued' and o.next_attempt_at <= now()
     and (select 1 from ${table} b
           where b.target = :target and b.status = 'sent' and b.ordering_key = lane.ordering_key limit 1) is null
     and (not :block
          or (select 1 from bridge.dead_letter d
               where d.queue = :queue and d.target = :target and d.ordering_key = lane.ordering_key
                 and d.resolution is null limit 1) is null)
   order by o.next_attempt_at, o.id limit :free
   for update of o skip locked
), plain as materialized (
  select id, next_attempt_at from ${table}
   where target = :target and status = 'queued' and ordering_key = '' and next_attempt_at <= now()
   order by next_attempt_at, id limit :free
   for update skip locked
), picked as materialized (
  select id from (select * from head union all select * from plain) due order by next_attempt_at, id limit :free
), claimed as (
  update ${table} o
     set status = 'sent', attempts = o.attempts + 1, locked_by = :instance,
         lease_token = nextval('bridge.lease_token'), lease_until = now() + make_interval(secs => :lease)
    from picked where o.id = picked.id
  returning o.id, o.lease_token, o.target, o.ordering_key, o.idempotency_key, o.attempts, o.max_attempts,
            o.correlation_id, o.hop, ${replay} as replay_id, o.created_at, coalesce(o.not_after < now(), false) as expired,
            (select case when octet_length(p.text) <= 16777216 then p.text end
               from (select (${payload})::text as text offset 0) p) as payload
)
select c.*, s.scanned
  from (select (select case when step >= :steps or found + 1 >= :free then ordering_key end
                  from lane order by step desc limit 1) as scanned) s
  left join claimed c on true
 order by c.id
