-- Sizes with indexes. The count of events is the planner's estimate, which costs nothing.
select coalesce(sum(pg_total_relation_size(c.oid)), 0) as bytes,
       pg_database_size(current_database()) as used,
       greatest(coalesce(max(c.reltuples) filter (where c.relname = 'audit_event'), 0), 0)::bigint as events,
       (select count(*) from public.audit_event where created_at >= now() - interval '1 day') as per_day
  from pg_class c
 where c.oid in ('public.audit_event'::regclass, 'bridge.event_key'::regclass, 'bridge.event_delivery'::regclass)
