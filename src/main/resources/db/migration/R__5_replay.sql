-- Replays: which events a filter takes, and how they are found.

-- Whether a replay's filter takes an event. The only place where this is decided: counting, walking and retention ask here.
create or replace function bridge.replay_selects(filter jsonb, id bigint, event_type text, source text, resource_id text,
                                      correlation_id uuid, created_at timestamptz) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
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

-- The next events that a filter may take, in the order of their ids, each found by the index that suits it. At most as many
-- as asked for are looked at, whether they are taken or not: a filter that takes one of a million cannot hold up its
-- caller. What one correlation id has is sorted ("id + 0"), lest the primary key be searched for it.
create or replace function bridge.replay_walk(filter jsonb, after_id bigint, until_id bigint, most integer)
returns table (id bigint, taken boolean)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  record text := filter ->> 'record';
begin
  return query
    select e.id, bridge.replay_selects(filter, e.id, e.event_type, e.source, e.resource_id, e.correlation_id, e.created_at)
      from (
        (select a.id, a.event_type, a.source, a.resource_id, a.correlation_id, a.created_at
           from public.audit_event a
          where jsonb_exists(filter, 'since') and a.id > after_id and a.id <= replay_walk.until_id
          order by a.id limit most)
        union all
        (select a.id, a.event_type, a.source, a.resource_id, a.correlation_id, a.created_at
           from public.audit_event a
          where a.resource_id = substr(record, strpos(record, ':') + 1) and a.id > after_id and a.id <= replay_walk.until_id
          order by a.id limit most)
        union all
        (select a.id, a.event_type, a.source, a.resource_id, a.correlation_id, a.created_at
           from public.audit_event a
          where a.correlation_id = (filter ->> 'correlation_id')::uuid and a.id > after_id and a.id <= replay_walk.until_id
          order by a.id + 0 limit most)
        union all
        (select a.id, a.event_type, a.source, a.resource_id, a.correlation_id, a.created_at
           from jsonb_array_elements_text(filter -> 'events') asked (id)
           join public.audit_event a on a.id = asked.id::bigint
          where a.id > after_id and a.id <= replay_walk.until_id
          order by a.id limit most)) e
     order by e.id;
end $$;

revoke execute on function bridge.replay_selects(jsonb, bigint, text, text, text, uuid, timestamptz), bridge.replay_walk(jsonb, bigint, bigint, integer) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant execute on function bridge.replay_selects(jsonb, bigint, text, text, text, uuid, timestamptz), bridge.replay_walk(jsonb, bigint, bigint, integer) to service_role;
  end if;
end $$;
