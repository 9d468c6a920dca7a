-- The partitions of this user that are marked as being removed, of which no removal has begun.
select p.name from bridge.event_partitions() p
  join pg_class c on c.oid = p.name::regclass and pg_has_role(c.relowner, 'usage')
 where not p.detaching and obj_description(c.oid, 'pg_class') = ?
