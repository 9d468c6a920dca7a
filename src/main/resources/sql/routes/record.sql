-- Keeps a version of the route files, unless it is the newest one already. Gives its number and whether it is new; nothing
-- if another instance adds one at the same time: then it is to be run again.
with given as (
  select * from jsonb_to_recordset(cast(:files as jsonb)) as one(name text, hash text, content text)
), newest as (
  select id, hash from bridge.route_version order by id desc limit 1
), added as (
  insert into bridge.route_version (previous, hash, seal, applied_at, instance, who, change)
  select coalesce((select id from newest), 0), :hash, :seal, :applied_at, :instance, :who, :change
   where not exists (select from newest where hash = :hash)
  on conflict (previous) do nothing
  returning id
), kept as (
  -- Updated where it is there already, so that it is not deleted meanwhile.
  insert into bridge.route_file (hash, content)
  select distinct hash, content from given where exists (select from added)
  on conflict (hash) do update set used_at = now()
), listed as (
  insert into bridge.route_version_file (version, name, file)
  select added.id, given.name, given.hash from added cross join given
)
select id, true as added from added
union all
select id, false from newest where hash = :hash
