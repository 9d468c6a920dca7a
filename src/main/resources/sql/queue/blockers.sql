-- Which sessions hold what this queue waits for: the transactions that have locked these rows, and those that hold its
-- table in a mode that keeps others from writing. A row names the transaction that locks it in xmax, unless several
-- share it.
select a.pid, coalesce(a.application_name, '') as application
  from pg_stat_activity a
 where a.pid in (
         select l.pid from ${table} o
           join pg_locks l on l.locktype = 'transactionid' and l.granted and l.transactionid = o.xmax
          where o.id = any(array[:ids]::bigint[])
         union all
         select l.pid from pg_locks l
          where l.locktype = 'relation' and l.granted and l.relation = '${table}'::regclass
            and l.database = (select oid from pg_database where datname = current_database())
            and l.mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock'))
   and a.pid <> pg_backend_pid()
 order by a.pid
