-- Deletes resolved dead letters, one step along the primary key. An open one is kept for ever, and that of a delivery
-- that is there and not delivered as long as the delivery.
with step as materialized (
  select id, created_at from bridge.dead_letter where id > :#after order by id limit 1000
), gone as (
  delete from bridge.dead_letter l
   using step
   where l.id = step.id and l.resolved_at < now() - make_interval(secs => :#finished)
     and not exists (select from bridge.event_delivery d
                      where l.queue = 'event-deliveries' and d.id = l.row_id and d.status <> 'delivered')
)
select coalesce(max(id), 0) as after, cast(:#steps as integer) - 1 as steps,
       count(*) = 1000 and max(created_at) < now() - make_interval(secs => :#finished) and :#steps > 1 as more
  from step
