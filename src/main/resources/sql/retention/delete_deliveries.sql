-- Deletes finished deliveries, one step along the primary key, so that neither an index on time nor a long lock is
-- needed. Queued and sent rows stay whatever their age, and dead ones until an operator has dealt with them; only their
-- dead letter shows that, so one without a letter stays as well.
with step as materialized (
  select id, created_at from bridge.event_delivery where id > :#after order by id limit 1000
), old as materialized (
  select d.id from step join bridge.event_delivery d on d.id = step.id
   where d.created_at < now() - make_interval(secs => :#finished)
     and (d.status = 'delivered' and d.delivered_at < now() - make_interval(secs => :#finished)
          or d.status = 'error'
             and exists (select from bridge.dead_letter l where l.queue = 'event-deliveries' and l.row_id = d.id)
             and not exists (
               select from bridge.dead_letter l
                where l.queue = 'event-deliveries' and l.row_id = d.id
                  and (l.resolution is null or l.resolved_at >= now() - make_interval(secs => :#finished))))
     for update of d skip locked
), gone as (
  delete from bridge.event_delivery where id = any(array(select id from old))
)
select case when all_old then last else 0 end as after, cast(:#steps as integer) - 1 as steps, all_old and :#steps > 1 as more
  from (select max(id) as last, count(*) = 1000 and max(created_at) < now() - make_interval(secs => :#finished) as all_old from step) s
