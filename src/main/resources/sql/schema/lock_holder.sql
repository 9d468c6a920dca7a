-- The session that holds the lock of lock.sql
select l.pid, coalesce(nullif(a.application_name, ''), 'an unnamed application') as application
  from pg_locks l
  left join pg_stat_activity a on a.pid = l.pid
 where l.granted
   and l.locktype = 'advisory'
   and l.objsubid = 1
   and l.database = (select oid from pg_database where datname = current_database())
   and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended('odoo-supabase-bridge migrations', 0)
