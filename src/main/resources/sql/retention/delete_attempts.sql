-- Deletes the attempts of rows that are gone, one step along the primary key. Until then they are part of the row's
-- record.
with step as materialized (
  select id, at from bridge.attempt where id > :#after order by id limit 1000
), old as materialized (
  select a.id from step join bridge.attempt a on a.id = step.id
   where a.at < now() - make_interval(secs => :#finished)
     and not exists (select from public.odoo_action_outbox o where a.queue = 'odoo-actions' and o.id = a.row_id)
     and not exists (select from bridge.event_delivery d where a.queue = 'event-deliveries' and d.id = a.row_id)
     for update of a skip locked
), gone as (
  delete from bridge.attempt where id = any(array(select id from old))
)
select case when all_old then last else 0 end as after, cast(:#steps as integer) - 1 as steps, all_old and :#steps > 1 as more
  from (select max(id) as last, count(*) = 1000 and max(at) < now() - make_interval(secs => :#finished) as all_old from step) s
