-- The instances that are listed and hold the lock by which others see that they live.
select i.name
  from bridge.instance i
  join pg_locks l on l.locktype = 'advisory' and l.objsubid = 1 and l.granted
   and l.database = (select oid from pg_database where datname = current_database())
   and (l.classid::bigint << 32) | l.objid::bigint = hashtextextended('bridge.instance.' || i.name, 0)
 order by i.name
