-- Lets claims look again at lanes that were set aside and have nothing left in front: a row in front may have been
-- deleted, cancelled, or freed by an operator while a claim set aside those behind it. Walks such lanes by a loose index
-- scan from (:target, :after), at most :steps of them. Returns how far it came, or no row at the end.
with recursive lane as (
  select cast(:target as text) as target, cast(:after as text) as ordering_key, 0 as step
  union all
  select n.target, n.ordering_key, lane.step + 1
    from lane cross join lateral (
      select o.target, o.ordering_key from ${table} o
       where o.status = 'queued' and o.ordering_key <> '' and o.next_attempt_at < 'infinity' and o.waits = 2
         and (o.target, o.ordering_key) > (lane.target, lane.ordering_key)
       order by o.target, o.ordering_key, o.id limit 1) n
   where lane.step < :steps
), first as materialized (
  select f.id
    from lane cross join lateral (
      select f.id, f.waits from ${table} f
       where (f.target, f.ordering_key) >= (lane.target, lane.ordering_key)
         and f.status = 'queued' and f.ordering_key <> '' and f.next_attempt_at < 'infinity'
       order by f.target, f.ordering_key, f.id limit 1) f
   where lane.step > 0 and f.waits = 2
     and (select 1 from ${table} b
           where b.target = lane.target and b.status = 'sent' and b.ordering_key = lane.ordering_key
             and b.ordering_key <> '' limit 1) is null
     and (not :block or (select 1 from bridge.dead_letter d
                          where d.queue = :queue and d.target = lane.target and d.ordering_key = lane.ordering_key
                            and d.resolution is null limit 1) is null)
), free as materialized (
  select o.id from ${table} o where o.id = any(array(select id from first)) and o.status = 'queued'
     for update skip locked
), promoted as (
  update ${table} o set waits = 0 where o.id = any(array(select id from free))
)
select target, ordering_key from lane where step = :steps
