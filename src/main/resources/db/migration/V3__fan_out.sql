-- Subscribers in full; why an event does or does not go to one; what it looks like when it does.
alter table bridge.subscriber
  drop column limits,
  add column signature  text        not null default 'standard' check (signature in ('standard', 'document')),
  add column topic      text        not null default 'odoo:{company}:{model}',
  add column rate       integer     check (rate > 0),
  add column slots      integer     check (slots > 0),
  add column updated_at timestamptz not null default now(),
  add constraint subscriber_format_check check (format in ('full', 'thin')),
  add constraint subscriber_mode_check check (mode in ('rest', 'trigger', 'off'));
comment on column bridge.subscriber.secrets is 'Newest first; each sealed with a key id, or a reference to where it is';
comment on column bridge.subscriber.mode is 'Of a realtime subscriber only: a call, realtime.send in the event''s transaction, or nothing';
comment on column bridge.subscriber.rate is 'Messages a second at most, of each instance';

-- Why an event does not go to a subscriber; null if it does. The only place where this is decided: the
-- trigger, a replay and every explanation ask here. An event that an action of ours has caused is known to
-- Odoo, and a chain that has passed the bridge many times is a loop.
create function bridge.skip_reason(s bridge.subscriber, event_type text, source text, meta jsonb, correlation_id uuid,
                                   created_at timestamptz, hop integer) returns text
language plpgsql stable set search_path = '' as $$
begin
  if s.kind = 'realtime' and s.mode = 'off' then
    return 'off';
  elsif not bridge.event_type_matches(s.event_types, event_type) then
    return 'event_type';
  elsif s.sources is not null and source <> all (s.sources) then
    return 'source';
  elsif s.company is not null and (meta ->> 'company_id') is distinct from s.company::text then
    return 'company';
  elsif s.kind <> 'odoo' then
    return case when hop >= 8 then 'hop_limit' end;
  elsif source = 'odoo' or meta #>> '{origin,source}' = 'odoo' then
    return 'from_odoo';
  elsif event_type like 'bridge.%' then
    return 'about_the_bridge';
  elsif meta #>> '{origin,source}' = 'bridge' then
    return 'caused_by_bridge';
  elsif hop >= 3 then
    return 'hop_limit';
  elsif exists (select from public.odoo_action_outbox a
                 where a.correlation_id = skip_reason.correlation_id and a.created_at <= skip_reason.created_at) then
    return 'caused_by_action';
  end if;
  return null;
end $$;

-- An event on its way out: the ingest contract's own fields, so that another bridge can take it as it is,
-- and the event's number here, to catch up by. Whoever passes it on sends its origin along, which says where
-- the chain began, however long it grows.
create function bridge.event_message(e public.audit_event) returns json
language sql stable set search_path = '' as $$
  select json_build_object(
    'id', e.id, 'event_id', 'evt_' || e.id, 'event_type', e.event_type, 'source', e.source,
    'resource_id', e.resource_id, 'payload', e.payload, 'changed', e.meta -> 'changed',
    'company_id', e.meta -> 'company_id', 'uid', e.meta -> 'uid', 'correlation_id', e.correlation_id,
    'causation_id', e.causation_id, 'db_uuid', e.origin, 'seq', e.origin_seq,
    'occurred_at', e.occurred_at, 'created_at', e.created_at,
    'origin', json_build_object('source', coalesce(e.meta #>> '{origin,source}', e.source),
                                'correlation_id', e.correlation_id, 'hop', e.hop + 1))
$$;

-- The same without its content, for who fetches that by id.
create function bridge.thin_message(e public.audit_event) returns json
language sql stable set search_path = '' as $$
  select json_build_object(
    'id', e.id, 'event_id', 'evt_' || e.id, 'event_type', e.event_type, 'source', e.source,
    'resource_id', e.resource_id, 'correlation_id', e.correlation_id, 'created_at', e.created_at,
    'origin', json_build_object('source', coalesce(e.meta #>> '{origin,source}', e.source),
                                'correlation_id', e.correlation_id, 'hop', e.hop + 1), 'thin', true)
$$;

create function bridge.topic(template text, company text, event_type text) returns text
language sql immutable set search_path = '' as $$
  select replace(replace(template, '{company}', coalesce(company, 'none')),
                 '{model}', regexp_replace(event_type, '\.[^.]*$', ''))
$$;

-- One delivery per event and matching subscriber, in the transaction that stores the event, whoever
-- stores it. The function belongs to the tables' owner: an inserter needs no right on schema bridge.
-- A realtime subscriber in trigger mode is served here as well: the message commits with the event or not
-- at all, and nothing that goes wrong with it may keep the event from being stored.
create or replace function bridge.fan_out() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  message record;
begin
  if not exists (select from bridge.subscriber) then
    return null;
  end if;
  insert into bridge.event_delivery (target, event_id, event_created_at, ordering_key, idempotency_key, correlation_id, hop)
  select 'subscriber:' || s.id, e.id, e.created_at,
         case when e.resource_id <> ''
              then left(regexp_replace(e.event_type, '\.[^.]*$', '') || ':' || e.resource_id, 500) else '' end,
         'evt_' || e.id, coalesce(e.correlation_id, gen_random_uuid()), e.hop
    from fresh e
    join bridge.subscriber s on not (s.kind = 'realtime' and s.mode = 'trigger')
   where bridge.skip_reason(s, e.event_type, e.source, e.meta, e.correlation_id, e.created_at, e.hop) is null
   order by e.id, s.id;
  if exists (select from bridge.subscriber where kind = 'realtime' and mode = 'trigger') then
    begin
      for message in
        select f.event_type, bridge.topic(s.topic, f.meta ->> 'company_id', f.event_type) as topic,
               case when s.format = 'thin' or octet_length(whole.text) > 250000
                    then bridge.thin_message(e)::jsonb else whole.text::jsonb end as body
          from fresh f
          join public.audit_event e on e.id = f.id and e.created_at = f.created_at
         cross join lateral (select bridge.event_message(e)::text as text offset 0) whole
          join bridge.subscriber s on s.kind = 'realtime' and s.mode = 'trigger'
          left join bridge.target t on t.name = 'subscriber:' || s.id
         where coalesce(t.state, 'running') = 'running'
           and bridge.skip_reason(s, f.event_type, f.source, f.meta, f.correlation_id, f.created_at, f.hop) is null
         order by f.id, s.id
      loop
        perform realtime.send(message.body, message.event_type, message.topic, true);
      end loop;
    exception when others then
      raise warning 'events were stored but not handed to realtime.send: % (%)', sqlerrm, sqlstate;
    end;
  end if;
  return null;
end $$;
