-- The position from which all events from :id on follow, or, without an id, those that are committed from now on. What
-- open transactions bring is never before it: theirs are the highest numbers.
select o.restores,
       case when cast(:id as bigint) <= o.restored_through then '0'
            when first.xact < pg_snapshot_xmin(now.snapshot) then cast(first.xact as text)
            else cast(cast(cast(pg_snapshot_xmin(now.snapshot) as text) as bigint) - 1 as text) end as xact,
       case when cast(:id as bigint) <= o.restored_through then greatest(cast(:id as bigint), 1) - 1
            when first.xact < pg_snapshot_xmin(now.snapshot) then first.id - 1
            else coalesce(newest.id, 0) end as id
  from bridge.event_order o
 cross join (select pg_current_snapshot() as snapshot) now
  left join lateral (
    select e.xact, e.id from public.audit_event e
     where e.id >= cast(:id as bigint) and e.id > o.restored_through
     order by e.xact, e.id limit 1) first on true
  left join lateral (select e.id from public.audit_event e order by e.id desc limit 1) newest on true
