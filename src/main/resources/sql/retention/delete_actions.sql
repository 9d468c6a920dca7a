-- Deletes finished actions, one step along the primary key, so that neither an index on time nor a long lock is needed.
-- Queued and sent rows stay whatever their age, and dead ones until an operator has dealt with them.
with step as materialized (
  select id, created_at from public.odoo_action_outbox where id > :#after order by id limit 1000
), old as materialized (
  select o.id from step join public.odoo_action_outbox o on o.id = step.id
   where o.created_at < now() - make_interval(secs => :#finished)
     and (o.status = 'applied' and o.applied_at < now() - make_interval(secs => :#finished)
          or o.status = 'error' and not exists (
               select from bridge.dead_letter l
                where l.queue = 'odoo-actions' and l.row_id = o.id
                  and (l.resolution is null or l.resolved_at >= now() - make_interval(secs => :#finished)))
             -- without a letter it was cancelled or discarded, which set next_attempt_at
             and (o.next_attempt_at < now() - make_interval(secs => :#finished)
                  or exists (select from bridge.dead_letter l where l.queue = 'odoo-actions' and l.row_id = o.id)))
     for update of o skip locked
), gone as (
  delete from public.odoo_action_outbox where id = any(array(select id from old))
)
select case when all_old then last else 0 end as after, cast(:#steps as integer) - 1 as steps, all_old and :#steps > 1 as more
  from (select max(id) as last, count(*) = 1000 and max(created_at) < now() - make_interval(secs => :#finished) as all_old from step) s
