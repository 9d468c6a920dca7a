-- Events and their subscribers: what record an event is about, who gets it, and what a message looks like. The triggers,
-- the explanations and the replays ask here, so that each rule stands once. Repeatable migrations run in the order of their
-- names, hence the numbers: each may use what those before it made.

-- The model an event is about: its type without the last word. An event of res.partner.bank is none of res.partner, though
-- its type begins so.
create or replace function bridge.model(event_type text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return regexp_replace(event_type, '\.[^.]*$', '');
end $$;

-- Whether a number in a JSON value, written out, would have a thousand digits before or after its point.
create or replace function bridge.has_overlong_number(content jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return coalesce(jsonb_path_exists(content,
    'strict $.** ? (@ >= 1e1000 || @ <= -1e1000 || (@ < 1e-1000 && @ > -1e-1000 && @ != 0))'), false);
end $$;

-- A key by the rules of UUID version 7 (RFC 9562): the time in milliseconds, then random bits. Keys of one moment stand
-- side by side in an index, where random ones would each dirty a page of their own.
create or replace function bridge.time_ordered_uuid() returns uuid
language sql volatile set search_path = '' as $$
  select encode(set_bit(set_bit(
           overlay(uuid_send(gen_random_uuid())
                   placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
           52, 1), 53, 1), 'hex')::uuid
$$;

-- The lane of an event's deliveries: its record; '' has no order.
create or replace function bridge.lane(event_type text, resource_id text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return case when resource_id <> '' then left(bridge.model(event_type) || ':' || resource_id, 500) else '' end;
end $$;

-- 'res.partner.*' is a prefix, '*' is everything that the bridge does not report about itself. A loop, because it is asked
-- for every event and subscriber: a sub-select takes half as long again.
create or replace function bridge.event_type_matches(patterns text[], event_type text) returns boolean
language plpgsql immutable set search_path = '' as $$
declare
  pattern text;
begin
  foreach pattern in array patterns loop
    if pattern = event_type
       or (pattern = '*' and not starts_with(event_type, 'bridge.'))
       or (pattern like '%_.*' and starts_with(event_type, left(pattern, -1))) then
      return true;
    end if;
  end loop;
  return false;
end $$;

-- Why an event does not go to a subscriber; null if it does. An event that an action of the bridge has caused is known to
-- Odoo, and a chain that has passed the bridge many times is a loop.
create or replace function bridge.skip_reason(s bridge.subscriber, event_type text, source text, meta jsonb, correlation_id uuid,
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

-- An event on its way out: the fields of the ingest contract, so that another bridge can take it as it is, and the event's
-- number here, to catch up by. Its origin says where the chain of causes began, however long it has grown; receivers that
-- pass the event on pass the origin on with it. Its transaction lets a receiver group what belongs together, and thin says
-- that Odoo left the content out because it was too large.
create or replace function bridge.event_message(e public.audit_event) returns json
language sql stable set search_path = '' as $$
  select json_build_object(
    'id', e.id, 'event_id', 'evt_' || e.id, 'event_type', e.event_type, 'source', e.source,
    'resource_id', e.resource_id, 'payload', e.payload, 'changed', e.meta -> 'changed',
    'company_id', e.meta -> 'company_id', 'uid', e.meta -> 'uid', 'correlation_id', e.correlation_id,
    'causation_id', e.causation_id, 'db_uuid', e.origin, 'seq', e.origin_seq, 'tx', e.meta -> 'tx',
    'thin', e.meta -> 'thin', 'occurred_at', e.occurred_at, 'created_at', e.created_at,
    'origin', json_build_object('source', coalesce(e.meta #>> '{origin,source}', e.source),
                                'correlation_id', e.correlation_id, 'hop', e.hop + 1))
$$;

-- The same without its content, for receivers that fetch the event by its id.
create or replace function bridge.thin_message(e public.audit_event) returns json
language sql stable set search_path = '' as $$
  select json_build_object(
    'id', e.id, 'event_id', 'evt_' || e.id, 'event_type', e.event_type, 'source', e.source,
    'resource_id', e.resource_id, 'correlation_id', e.correlation_id, 'created_at', e.created_at,
    'origin', json_build_object('source', coalesce(e.meta #>> '{origin,source}', e.source),
                                'correlation_id', e.correlation_id, 'hop', e.hop + 1), 'thin', true)
$$;

-- An event as a subscriber gets it.
create or replace function bridge.message_for(s bridge.subscriber, e public.audit_event) returns json
language sql stable set search_path = '' as $$
  select case when s.format = 'thin' then bridge.thin_message(e) else bridge.event_message(e) end
$$;

-- The channel of a realtime subscriber.
create or replace function bridge.topic(template text, company text, event_type text) returns text
language sql immutable set search_path = '' as $$
  select replace(replace(template, '{company}', coalesce(company, 'none')),
                 '{model}', regexp_replace(event_type, '\.[^.]*$', ''))
$$;

revoke execute on function bridge.time_ordered_uuid(), bridge.has_overlong_number(jsonb), bridge.model(text), bridge.lane(text, text), bridge.event_type_matches(text[], text),
  bridge.skip_reason(bridge.subscriber, text, text, jsonb, uuid, timestamptz, integer),
  bridge.event_message(public.audit_event), bridge.thin_message(public.audit_event),
  bridge.message_for(bridge.subscriber, public.audit_event), bridge.topic(text, text, text) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant execute on function bridge.has_overlong_number(jsonb), bridge.model(text), bridge.lane(text, text), bridge.event_type_matches(text[], text),
      bridge.skip_reason(bridge.subscriber, text, text, jsonb, uuid, timestamptz, integer),
      bridge.event_message(public.audit_event), bridge.thin_message(public.audit_event),
  bridge.message_for(bridge.subscriber, public.audit_event), bridge.topic(text, text, text) to service_role;
  end if;
end $$;
