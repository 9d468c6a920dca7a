-- Instances that are listed and do not hold their lock: their processes have ended, or have lost that connection. Only
-- an instance that holds its own lock may judge the others: after a restart of the server nobody holds one. One that has
-- reported in the last two intervals (reports) is alive, whatever became of its lock.
with held as (
  select (l.classid::bigint << 32) | l.objid::bigint as key
    from pg_locks l
   where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
     and l.database = (select oid from pg_database where datname = current_database())
)
select i.name, exists (select from bridge.replica r
                        where r.name = i.name and r.seen_at > now() - interval '12 seconds') as reports
  from bridge.instance i
 where hashtextextended('bridge.instance.' || i.name, 0) not in (select key from held)
   and hashtextextended('bridge.instance.' || :instance, 0) in (select key from held)
