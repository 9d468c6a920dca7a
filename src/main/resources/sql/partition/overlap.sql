-- The partition that has ids of a range, or the table that has its name; null if there is none.
with asked as (
  select cast(? as bigint) as from_id, cast(? as bigint) as until_id, cast(? as text) as name
)
select min(found) from asked cross join lateral (
  select p.name as found from bridge.event_partitions() p
   where coalesce(p.from_id < asked.until_id, true) and coalesce(p.until_id > asked.from_id, true)
  union all
  select to_regclass('bridge.' || asked.name)::text) there
