-- How far the table of events is on the way to partitions. The count of events is the planner's estimate; those of a day
-- are counted by their ids.
select bridge.event_storage() as storage, ids.last_id, bridge.event_bound() as bound,
       coalesce((select k.convalidated from pg_constraint k where k.conrelid = c.oid and k.conname = 'audit_event_bound'), false)
         as validated,
       (select string_agg(o, '; ') from bridge.partition_obstacles() o where c.relkind = 'r') as obstacles,
       pg_has_role(c.relowner, 'usage') as owner,
       greatest(c.reltuples, 0)::bigint as events, pg_size_pretty(pg_total_relation_size(c.oid)) as size,
       ids.last_id - coalesce((select e.id from public.audit_event e where e.created_at >= now() - interval '1 day'
                                order by e.created_at, e.id limit 1), ids.last_id) as per_day,
       (select count(*) from bridge.event_partitions()) as partitions,
       exists (select from pg_stats where schemaname = 'public' and tablename = 'audit_event' and inherited) as analyzed
  from pg_class c
 cross join (select coalesce(pg_sequence_last_value('public.audit_event_id_seq'), 0) as last_id) ids
 where c.oid = 'public.audit_event'::regclass
