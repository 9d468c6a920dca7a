-- Says that this replica is there. Returns for each queue how many others take rows from it, how many of those are named
-- before this one, and whether every other one has reported since it could know that this one takes rows; a second is more
-- than lies between the beginning of a report and its commit.
with me as (
  insert into bridge.replica as r (name, version, routes, started_at, claims, queues)
  values (:name, :version, :routes, :started_at, string_to_array(:claims, ','), cast(:queues as jsonb))
  on conflict (name) do update
     set version = excluded.version, routes = excluded.routes, started_at = excluded.started_at, seen_at = now(),
         claims_since = case when r.claims = excluded.claims and r.seen_at > now() - interval '15 seconds'
                             then r.claims_since else now() end,
         claims = excluded.claims, queues = excluded.queues
  returning r.claims, r.claims_since
), others as materialized (
  select p.* from bridge.present_replicas() p where p.name <> :name
), forgotten as (
  delete from bridge.replica where seen_at < now() - interval '1 hour'
)
select queue,
       (select count(*) from others) as others,
       (select count(*) from others o where queue = any(o.claims)) as sharing,
       (select count(*) from others o where queue = any(o.claims) and o.name < :name) as before,
       queue = any(me.claims)
         and not exists (select from others o where o.seen_at < me.claims_since + interval '1 second') as known
  from me, unnest(string_to_array(:all, ',')) queue
