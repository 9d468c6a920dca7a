-- Deletes the attempts of rows that are gone, one step along the primary key. Until then they are part of the row's
-- record.
with step as materialized (
  select id, at from bridge.attempt where id > :#after order by id limit 1000
), gone as (
  delete from bridge.attempt a
   using step
   where a.id = step.id
     and a.at < now() - make_interval(secs => :#finished)
     and not exists (select from public.odoo_action_outbox o where a.queue = 'odoo-actions' and o.id = a.row_id)
     and not exists (select from bridge.event_delivery d where a.queue = 'event-deliveries' and d.id = a.row_id)
)
select coalesce(max(id), 0) as after, cast(:#steps as integer) - 1 as steps,
       count(*) = 1000 and max(at) < now() - make_interval(secs => :#finished) and :#steps > 1 as more
  from step
