-- Pauses, resumes or cancels a replay. Cancelling removes its queued deliveries; what is in flight goes on, and
-- replay/sweep.sql removes it when it comes back. The last part returns what a replay is that cannot be changed so; an
-- unknown id returns no row.
with job as materialized (
  select id, status,
         case cast(:#status as text) when 'paused' then status = 'running' when 'running' then status = 'paused'
              else status in ('running', 'paused') end as possible
    from bridge.replay where id = :#id for update
), removed as (
  delete from bridge.event_delivery d using job
   where :#status = 'cancelled' and job.possible and d.replay_id = job.id and d.status = 'queued'
  returning d.id
), changed as (
  update bridge.replay r
     set status = :#status, changed_by = :#who, changed_why = :#why, changed_at = now(), held_back = false,
         cancelled = r.cancelled + (select count(*) from removed),
         finished_at = case when :#status = 'cancelled' then now() end
    from job where r.id = job.id and job.possible
  returning r.id, r.status, r.events, r.deliveries, r.cancelled, r.correlation_id
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload, correlation_id)
  select 'bridge', 'bridge.replay.' || case status when 'running' then 'resumed' else status end, cast(id as text),
         jsonb_build_object('by', cast(:#who as text), 'why', cast(:#why as text), 'events', events,
                            'deliveries', deliveries, 'cancelled', cancelled),
         correlation_id
    from changed
)
select id, status, possible as changed from job
