-- The partitions that are marked as being removed, of which no removal has begun.
select p.name from bridge.event_partitions() p
 where not p.detaching and obj_description(p.name::regclass, 'pg_class') = ?
