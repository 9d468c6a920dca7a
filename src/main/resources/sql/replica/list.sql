-- The replicas that run, and those that ended within the hour without saying so.
select json_build_object('ok', true, 'replicas', coalesce(json_agg(shown order by shown.name), '[]'))::text as line
  from bridge.replica r
  left join bridge.present_replicas() p on p.name = r.name
 cross join lateral (
   select r.name, r.version, r.routes, r.started_at, r.seen_at, p.name is not null as present, r.queues) shown
