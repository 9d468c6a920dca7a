-- Walks the oldest events by primary key. One that a delivery still needs stays: to a subscriber that
-- is away, or dead and not yet dealt with.
with step as materialized (
  select id, created_at from public.audit_event where id > :#after order by id limit 1000
), gone as (
  delete from public.audit_event e
   using step
   where e.id = step.id
     and e.created_at < now() - make_interval(secs => :#audit)
     and not exists (select from bridge.event_delivery d where d.event_id = e.id and d.status <> 'delivered')
)
select coalesce(max(id), 0) as after, cast(:#steps as integer) - 1 as steps,
       count(*) = 1000 and max(created_at) < now() - make_interval(secs => :#audit) and :#steps > 1 as more
  from step
