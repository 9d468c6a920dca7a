-- Removals of old partitions that somebody has begun and not ended: those that are still being detached, and those that
-- are detached and only wait to be dropped. The comment tells them from tables that an operator has detached and keeps.
select i.inhrelid::regclass::text as name, true as attached
  from pg_inherits i
 where i.inhparent = 'public.audit_event'::regclass and i.inhdetachpending and obj_description(i.inhrelid, 'pg_class') = ?
union all
select c.oid::regclass::text, false
  from pg_class c
 where c.relnamespace = 'bridge'::regnamespace and c.relkind = 'r' and not c.relispartition
   and starts_with(c.relname, 'audit_event_') and obj_description(c.oid, 'pg_class') = ?
