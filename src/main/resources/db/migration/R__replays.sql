-- Whether a replay's filter takes an event. The only place where this is decided: counting, walking and
-- retention ask here.
create or replace function bridge.replay_selects(filter jsonb, id bigint, event_type text, source text, resource_id text,
                                      correlation_id uuid, created_at timestamptz) returns boolean
language plpgsql stable set search_path = '' as $$
declare
  record text := filter ->> 'record';
begin
  if jsonb_exists(filter, 'since') then
    return created_at >= (filter ->> 'since')::timestamptz and created_at < (filter ->> 'until')::timestamptz
       and (not jsonb_exists(filter, 'sources') or jsonb_exists(filter -> 'sources', source))
       and (not jsonb_exists(filter, 'event_types')
            or bridge.event_type_matches(array(select jsonb_array_elements_text(filter -> 'event_types')), event_type));
  elsif record is not null then
    return resource_id is not distinct from substr(record, strpos(record, ':') + 1)
       and bridge.model(event_type) = split_part(record, ':', 1);
  elsif jsonb_exists(filter, 'correlation_id') then
    return correlation_id is not distinct from (filter ->> 'correlation_id')::uuid;
  end if;
  return (filter -> 'events') @> to_jsonb(id);
end $$;

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
