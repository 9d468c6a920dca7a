-- Instances that are listed and do not hold their lock: their processes have ended, or have lost the database. Only an
-- instance that holds its own lock may judge the others: after a restart of the server nobody holds one.
with held as (
  select (l.classid::bigint << 32) | l.objid::bigint as key
    from pg_locks l
   where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
     and l.database = (select oid from pg_database where datname = current_database())
)
select i.name from bridge.instance i
 where hashtextextended('bridge.instance.' || i.name, 0) not in (select key from held)
   and hashtextextended('bridge.instance.' || :instance, 0) in (select key from held)
