-- The sessions that hold a lock on our tables, the oldest transaction first. A partition goes by the name of its table.
select distinct a.pid, coalesce(nullif(a.application_name, ''), 'an unnamed application') as application,
       coalesce(a.state, 'unknown') as state,
       coalesce((select i.inhparent from pg_inherits i where i.inhrelid = l.relation), l.relation)::regclass::text as relation,
       coalesce(extract(epoch from now() - a.xact_start), 0)::integer as seconds
  from pg_locks l
  join pg_stat_activity a on a.pid = l.pid
 where l.granted
   and l.locktype = 'relation'
   and a.datname = current_database()
   and a.pid <> pg_backend_pid()
   and (l.relation in (to_regclass('public.audit_event'), to_regclass('public.odoo_action_outbox'))
        or l.relation in (select oid from pg_class where relkind = 'r' and relnamespace = to_regnamespace('bridge')))
 order by seconds desc, a.pid
 limit 3
