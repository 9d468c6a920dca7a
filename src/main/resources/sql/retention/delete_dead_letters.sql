-- Deletes resolved dead letters, one step along the primary key. An open one is kept for ever, and that of a delivery
-- that is there and not delivered as long as the delivery.
with step as materialized (
  select id, created_at from bridge.dead_letter where id > :#after order by id limit 1000
), old as materialized (
  select l.id from step join bridge.dead_letter l on l.id = step.id
   where l.resolved_at < now() - make_interval(secs => :#finished)
     and not exists (select from bridge.event_delivery d
                      where l.queue = 'event-deliveries' and d.id = l.row_id and d.status <> 'delivered')
     for update of l skip locked
), gone as (
  delete from bridge.dead_letter where id = any(array(select id from old))
)
select case when all_old then last else 0 end as after, cast(:#steps as integer) - 1 as steps, all_old and :#steps > 1 as more
  from (select max(id) as last, count(*) = 1000 and max(created_at) < now() - make_interval(secs => :#finished) as all_old from step) s
