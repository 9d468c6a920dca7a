-- How many events are behind a position, up to ten thousand, whoever they are for, and when the first of them was stored.
-- Those of open transactions do not exist yet; those that wait for one are counted.
with ahead as materialized (
  (select cast('0' as xid8) as xact, e.id
     from bridge.event_order o
     join public.audit_event e on e.id <= o.restored_through
    where cast(:xact as xid8) = '0' and e.id > cast(:id as bigint)
    order by e.id limit 10000)
  union all
  (select e.xact, e.id
     from public.audit_event e
    where (e.xact, e.id) > (
            (select case when cast(:xact as xid8) = '0' then o.from_xact else cast(:xact as xid8) end from bridge.event_order o),
            case when cast(:xact as xid8) = '0' then 0 else cast(:id as bigint) end)
      and e.id > (select o.restored_through from bridge.event_order o)
    order by e.xact, e.id limit 10000)
)
select least(count(*), 10000) as events,
       (select e.created_at from (select id from ahead order by xact, id limit 1) first
          join public.audit_event e on e.id = first.id) as oldest
  from ahead
