-- How events are stored, how many partitions there are and have none yet, how many ids those that are there still take, and
-- how many came within a day.
select bridge.event_storage() as storage, parts.there, bridge.event_partitions_left() as empty,
       parts.until_id - 1 - ids.last_id as ids_left,
       ids.last_id - coalesce((select e.id from public.audit_event e where e.created_at >= now() - interval '1 day'
                                order by e.created_at, e.id limit 1), ids.last_id) as per_day
  from (select coalesce(pg_sequence_last_value('public.audit_event_id_seq'), 0) as last_id) ids
 cross join (select count(*) as there, max(p.until_id) as until_id from bridge.event_partitions() p) parts
