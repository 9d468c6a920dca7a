-- The partitions that take no further event, oldest first.
select c.relname
  from bridge.event_partitions() p
  join pg_class c on c.oid = p.name::regclass and c.relnamespace = 'bridge'::regnamespace
 where not p.detaching and p.until_id <= coalesce(pg_sequence_last_value('public.audit_event_id_seq'), 0)
 order by p.until_id
