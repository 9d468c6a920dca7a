-- Delivering stored events again: a job walks the events that it selects, and survives whoever runs it.
create table bridge.replay (
  id             bigserial   primary key,
  status         text        not null default 'running' check (status in ('running', 'paused', 'done', 'cancelled')),
  filter         jsonb       not null,
  subscriber     bigint,
  subscribers    bigint[]    not null,
  rate           integer     not null check (rate > 0),
  cursor         bigint      not null,
  until_id       bigint      not null,
  total          bigint      not null,
  events         bigint      not null default 0,
  deliveries     bigint      not null default 0,
  cancelled      bigint      not null default 0,
  held_back      boolean     not null default false,
  next_at        timestamptz not null default now(),
  who            text        not null,
  why            text        not null,
  correlation_id uuid        not null default gen_random_uuid(),
  created_at     timestamptz not null default now(),
  changed_by     text,
  changed_why    text,
  changed_at     timestamptz,
  finished_at    timestamptz
);
comment on table bridge.replay is 'Jobs that deliver stored events again';
comment on column bridge.replay.subscriber is 'The only one it is for; null is everyone who asks for the events';
comment on column bridge.replay.subscribers is 'Who gets something of it, as found when it was made';
comment on column bridge.replay.cursor is 'The last event that was walked';
comment on column bridge.replay.until_id is 'The last event there is to walk; later ones are not part of it';
comment on column bridge.replay.total is 'Events that go to somebody, as counted when it was made';
comment on column bridge.replay.events is 'Those of them that were walked';
comment on column bridge.replay.held_back is 'Enough of its deliveries wait; it goes on when some are gone';
comment on column bridge.replay.next_at is 'Up to when its rate is used up';

-- Who sends a request twice starts one job.
create unique index replay_unfinished on bridge.replay (md5(filter::text), coalesce(subscriber, 0))
  where status in ('running', 'paused');

-- An event goes once per job to a subscriber, whatever goes wrong with the cursor.
create unique index event_delivery_replay on bridge.event_delivery (replay_id, event_id, target)
  where replay_id is not null;
create index event_delivery_replay_open on bridge.event_delivery (replay_id, target, status)
  where replay_id is not null and status <> 'delivered';

-- Whether a replay's filter takes an event. The only place where this is decided: counting, walking and
-- retention ask here.
create function bridge.replay_selects(filter jsonb, id bigint, event_type text, source text, resource_id text,
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
       and starts_with(event_type, split_part(record, ':', 1) || '.');
  elsif jsonb_exists(filter, 'correlation_id') then
    return correlation_id is not distinct from (filter ->> 'correlation_id')::uuid;
  end if;
  return (filter -> 'events') @> to_jsonb(id);
end $$;

-- The next events that a filter may take, in the order of their ids, each found by the index that suits it. At
-- most as many as asked for are looked at, whether they are taken or not: a filter that takes one of a million
-- cannot hold up its caller. What one correlation id has is sorted, lest the primary key be searched for it.
create function bridge.replay_walk(filter jsonb, after_id bigint, until_id bigint, most integer)
returns table (id bigint, taken boolean)
language plpgsql stable set search_path = '' as $$
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
