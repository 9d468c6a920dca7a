-- A job with its progress. What was delivered and has been deleted since is known all the same: it is what was
-- made and is neither open nor dead.
drop view if exists bridge.replay_line;
create view bridge.replay_line with (security_invoker = true) as
select r.id, r.status, r.created_at, row_to_json(shown)::text as line
  from bridge.replay r
 cross join lateral (
   select count(*) filter (where d.status = 'error') as dead, count(*) filter (where d.status <> 'error') as open
     from bridge.event_delivery d where d.replay_id = r.id and d.status <> 'delivered') left_over
 cross join lateral (
   select r.id, r.status, r.filter, r.subscriber,
          (select coalesce(json_agg(json_build_object('id', g.id, 'name', s.name) order by g.id), '[]')
             from unnest(r.subscribers) g (id) left join bridge.subscriber s on s.id = g.id) as subscribers,
          r.rate, r.total, r.events, r.deliveries,
          r.deliveries - r.cancelled - left_over.dead - left_over.open as delivered,
          left_over.dead, left_over.open, r.cancelled, r.held_back,
          case when r.status = 'running'
               then now() + make_interval(secs => greatest(r.total - r.events, 0) / r.rate::float8) end as eta,
          r.who, r.why, r.correlation_id, r.created_at, r.changed_by, r.changed_why, r.changed_at, r.finished_at) shown;

do $$
begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant select on bridge.replay_line to service_role;
  end if;
end $$;
