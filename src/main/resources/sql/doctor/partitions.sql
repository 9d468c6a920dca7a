-- How events are stored, and how many partitions have none yet. The count of events is the planner's estimate.
select bridge.event_storage() as storage, bridge.event_partitions_left() as left_over,
       greatest((select reltuples from pg_class where oid = 'public.audit_event'::regclass), 0)::bigint as events
