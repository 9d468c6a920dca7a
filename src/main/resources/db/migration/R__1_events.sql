-- Events and their subscribers: what record an event is about, who gets it, and what a message looks like. The triggers,
-- the explanations and the replays ask here, so that each rule stands once. Repeatable migrations run in the order of their
-- names, hence the numbers: each may use what those before it made.

-- The model an event is about: its type without the last word. An event of res.partner.bank is none of res.partner, though
-- its type begins so.
create or replace function bridge.model(event_type text) returns text
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  return regexp_replace(event_type, '\.[^.]*$', '');
end $$;

-- Whether a number in a JSON value, written out, would have a thousand digits before or after its point.
create or replace function bridge.has_overlong_number(content jsonb) returns boolean
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce(jsonb_path_exists(content,
    'strict $.** ? (@ >= 1e1000 || @ <= -1e1000 || (@ < 1e-1000 && @ > -1e-1000 && @ != 0))'), false);
end $$;

-- A key by the rules of UUID version 7 (RFC 9562): the time in milliseconds, then random bits. Keys of one moment stand
-- side by side in an index, where random ones would each dirty a page of their own.
create or replace function bridge.time_ordered_uuid() returns uuid
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select encode(set_bit(set_bit(
           overlay(uuid_send(gen_random_uuid())
                   placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
           52, 1), 53, 1), 'hex')::uuid
$$;

-- The lane of an event's deliveries: its record; '' has no order.
create or replace function bridge.lane(event_type text, resource_id text) returns text
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  return case when resource_id <> '' then left(bridge.model(event_type) || ':' || resource_id, 500) else '' end;
end $$;

-- All patterns that match a type: itself, each prefix such as 'res.partner.*', and '*', which is everything that the bridge
-- does not report about itself. A pattern is never longer than the limit.
create or replace function bridge.patterns_of(event_type text) returns text[]
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  found text[] := case when starts_with(event_type, 'bridge.') then array[event_type] else array[event_type, '*'] end;
  parts text[] := string_to_array(event_type, '.');
  prefix text := '';
begin
  for i in 1 .. cardinality(parts) - 1 loop
    prefix := prefix || parts[i] || '.';
    exit when length(prefix) > 500;
    if prefix <> '.' then
      found := found || (prefix || '*');
    end if;
  end loop;
  return found;
end $$;

create or replace function bridge.event_type_matches(patterns text[], event_type text) returns boolean
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  return patterns && bridge.patterns_of(event_type);
end $$;

-- Whether a filter takes an event. What it asks for and the event has not makes it false. An error must not keep the event
-- from being stored: it is no reason to send the event, either.
create or replace function bridge.filter_takes(filter text, payload jsonb, meta jsonb) returns boolean
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  return coalesce(jsonb_build_object('payload', payload, 'changed', meta -> 'changed') @@ filter::jsonpath, false);
exception when others then
  return false;
end $$;

-- Subscribers that read the events by themselves, from a position on, get no deliveries.
create or replace function bridge.reads_by_itself(kind text, mode text) returns boolean
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  return kind = 'pull' or mode = 'stream';
end $$;

-- Why an event does not go to a subscriber that asks for its type; null if it does. An event that an action of the bridge has
-- caused is known to Odoo, and a chain that has passed the bridge many times is a loop.
create or replace function bridge.other_skip_reason(s bridge.subscriber, event_type text, source text, meta jsonb,
                                         correlation_id uuid, created_at timestamptz, hop integer, payload jsonb) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if s.kind = 'realtime' and s.mode = 'off' then
    return 'off';
  elsif s.sources is not null and source <> all (s.sources) then
    return 'source';
  elsif s.company is not null and (meta ->> 'company_id') is distinct from s.company::text then
    return 'company';
  elsif s.filter is not null and (payload is null or not bridge.filter_takes(s.filter, payload, meta)) then
    return 'filter';
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
                 where a.correlation_id = other_skip_reason.correlation_id and a.created_at <= other_skip_reason.created_at) then
    return 'caused_by_action';
  end if;
  return null;
end $$;

-- Why an event does not go to a subscriber; null if it does. Without a payload, as earlier versions of the bridge call it,
-- a filter that asks for one takes nothing.
drop function if exists bridge.skip_reason(bridge.subscriber, text, text, jsonb, uuid, timestamptz, integer);
create or replace function bridge.skip_reason(s bridge.subscriber, event_type text, source text, meta jsonb, correlation_id uuid,
                                   created_at timestamptz, hop integer, payload jsonb default null) returns text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if s.kind = 'realtime' and s.mode = 'off' then
    return 'off';
  elsif not bridge.event_type_matches(s.event_types, event_type) then
    return 'event_type';
  end if;
  return bridge.other_skip_reason(s, event_type, source, meta, correlation_id, created_at, hop, payload);
end $$;

-- Of an object only the named fields, and of anything else nothing.
create or replace function bridge.only_fields(content jsonb, fields text[]) returns jsonb
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select case jsonb_typeof(content)
           when 'object' then (select coalesce(jsonb_object_agg(f.key, f.value), '{}')
                                 from jsonb_each(content) f where f.key = any (fields))
           when 'null' then content
           else case when content is not null then '{}'::jsonb end end
$$;

-- An event on its way out: the fields of the ingest contract, so that another bridge can take it as it is, and the event's
-- number here, to catch up by. Its origin says where the chain of causes began, however long it has grown; receivers that
-- pass the event on pass the origin on with it. Its transaction lets a receiver group what belongs together, and thin says
-- that Odoo left the content out because it was too large. With fields, only those of its content.
drop function if exists bridge.event_message(public.audit_event);
create or replace function bridge.event_message(e public.audit_event, fields text[] default null) returns json
language sql stable set search_path = pg_catalog, pg_temp as $$
  select json_build_object(
    'id', e.id, 'event_id', 'evt_' || e.id, 'event_type', e.event_type, 'source', e.source,
    'resource_id', e.resource_id, 'payload', case when fields is null then e.payload else bridge.only_fields(e.payload, fields) end,
    'changed', case when fields is null then e.meta -> 'changed' else bridge.only_fields(e.meta -> 'changed', fields) end,
    'company_id', e.meta -> 'company_id', 'uid', e.meta -> 'uid', 'correlation_id', e.correlation_id,
    'causation_id', e.causation_id, 'db_uuid', e.origin, 'seq', e.origin_seq, 'tx', e.meta -> 'tx',
    'thin', e.meta -> 'thin', 'occurred_at', e.occurred_at, 'created_at', e.created_at,
    'origin', json_build_object('source', coalesce(e.meta #>> '{origin,source}', e.source),
                                'correlation_id', e.correlation_id, 'hop', e.hop + 1))
$$;

-- The same without its content, for receivers that fetch the event by its id.
create or replace function bridge.thin_message(e public.audit_event) returns json
language sql stable set search_path = pg_catalog, pg_temp as $$
  select json_build_object(
    'id', e.id, 'event_id', 'evt_' || e.id, 'event_type', e.event_type, 'source', e.source,
    'resource_id', e.resource_id, 'correlation_id', e.correlation_id, 'created_at', e.created_at,
    'origin', json_build_object('source', coalesce(e.meta #>> '{origin,source}', e.source),
                                'correlation_id', e.correlation_id, 'hop', e.hop + 1), 'thin', true)
$$;

-- An event as a subscriber gets it. Not in SQL, whose functions need those that they call when they are made: where the table
-- is partitioned, functions of its row type are made anew, in any order.
create or replace function bridge.message_for(s bridge.subscriber, e public.audit_event) returns json
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  return case when s.format = 'thin' then bridge.thin_message(e) else bridge.event_message(e, s.fields) end;
end $$;

-- The channel of a realtime subscriber.
create or replace function bridge.topic(template text, company text, event_type text) returns text
language sql immutable set search_path = pg_catalog, pg_temp as $$
  select replace(replace(template, '{company}', coalesce(company, 'none')),
                 '{model}', regexp_replace(event_type, '\.[^.]*$', ''))
$$;

-- The id in the name of a subscriber's target; null for another target.
create or replace function bridge.subscriber_of(target text) returns bigint
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  return case when target ~ '^subscriber:[0-9]{1,18}$' then substr(target, 12)::bigint end;
end $$;

-- The next events behind a position, at most so many. Restored events, whose transaction counts as 0, come first, by id;
-- later ones follow by transaction and id. Settled are those below the oldest open transaction: what comes later can only
-- come behind them.
create or replace function bridge.events_after(after_xact xid8, after_id bigint, most integer, settled boolean)
returns table (xact xid8, id bigint)
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  the_order bridge.event_order;
  below constant xid8 := case when settled then pg_snapshot_xmin(pg_current_snapshot()) else '18446744073709551615' end;
  restored integer := 0;
begin
  select o.* into strict the_order from bridge.event_order o;
  if after_xact = '0' then
    return query
      select '0'::xid8, e.id from public.audit_event e
       where e.id > after_id and e.id <= the_order.restored_through
       order by e.id limit most;
    get diagnostics restored = row_count;
    after_xact := the_order.from_xact;
    after_id := 0;
  end if;
  if restored < most then
    return query
      select e.xact, e.id from public.audit_event e
       where (e.xact, e.id) > (after_xact, after_id) and e.xact < below and e.id > the_order.restored_through
       order by e.xact, e.id limit most - restored;
  end if;
end $$;

do $$
declare
  own constant text := 'bridge.time_ordered_uuid()';
  asked constant text := 'bridge.has_overlong_number(jsonb), bridge.model(text), bridge.lane(text, text), bridge.patterns_of(text),
    bridge.event_type_matches(text[], text), bridge.filter_takes(text, jsonb, jsonb), bridge.reads_by_itself(text, text),
    bridge.other_skip_reason(bridge.subscriber, text, text, jsonb, uuid, timestamptz, integer, jsonb),
    bridge.skip_reason(bridge.subscriber, text, text, jsonb, uuid, timestamptz, integer, jsonb),
    bridge.only_fields(jsonb, text[]), bridge.event_message(public.audit_event, text[]),
    bridge.thin_message(public.audit_event), bridge.message_for(bridge.subscriber, public.audit_event),
    bridge.topic(text, text, text), bridge.subscriber_of(text), bridge.events_after(xid8, bigint, integer, boolean)';
begin
  execute 'revoke execute on function ' || own || ', ' || asked || ' from public';
  if exists (select from pg_roles where rolname = 'service_role') then
    execute 'grant execute on function ' || asked || ' to service_role';
  end if;
end $$;
