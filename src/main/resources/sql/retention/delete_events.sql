-- Deletes old events, one step along the primary key. An event stays while a delivery needs it, to a subscriber that is
-- away, or dead and not yet dealt with, while an unfinished replay has yet to walk it, and while a stream has yet to publish
-- it.
with step as materialized (
  select id, created_at from public.audit_event where id > :#after order by id limit 1000
), old as materialized (
  select e.id
    from step
   cross join lateral (select * from public.audit_event one where one.id = step.id offset 0) e
   where e.created_at < now() - make_interval(secs => :#audit)
     and not exists (select from bridge.event_delivery d where d.event_id = e.id and d.status <> 'delivered')
     and not exists (
       select from bridge.replay r
        where r.status in ('running', 'paused') and e.id > r.cursor and e.id <= r.until_id
          and bridge.replay_selects(r.filter, e.id, e.event_type, e.source, e.resource_id, e.correlation_id, e.created_at))
     and not exists (
       select from bridge.subscriber s
         join bridge.subscriber_position p on p.subscriber = s.id
        cross join bridge.event_order o
        where s.mode = 'stream'
          and (case when e.id <= o.restored_through then '0' else e.xact end, e.id) > (p.xact, p.id))
), gone as (
  delete from public.audit_event where id = any(array(select id from old))
)
select case when all_old then last else 0 end as after, cast(:#steps as integer) - 1 as steps, all_old and :#steps > 1 as more
  from (select max(id) as last, count(*) = 1000 and max(created_at) < now() - make_interval(secs => :#audit) as all_old from step) s
