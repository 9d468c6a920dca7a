-- How many events are behind a position, up to ten thousand, whoever they are for, and when the first of them was stored.
-- Those that wait for an older transaction to end are counted, too.
with ahead as materialized (
  select xact, id from bridge.events_after(cast(:xact as xid8), :id, 10000, false)
)
select count(*) as events,
       (select e.created_at
          from (select a.id from ahead a order by a.xact, a.id limit 1) first
          join public.audit_event e on e.id = first.id) as oldest
  from ahead
