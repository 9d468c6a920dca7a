-- What happens in a producer's own transaction: an action is completed, the engine is woken, an event gets its deliveries.
-- The two functions that write belong to the tables' owner (security definer): an inserter needs no right on schema bridge.

-- What HTTP refuses at the edge: eight bytes of jsonb can be 131,000 digits of text, for every subscriber and look-up.
-- Triggers do not ask on the bridge's own connections, which say that they have looked already.
create or replace function bridge.refuse_overlong_number(table_name text, content jsonb, more jsonb) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if bridge.has_overlong_number(content) or bridge.has_overlong_number(more) then
    raise exception '%: a number takes more than 1,000 digits to write out', table_name
      using errcode = '22003', hint = 'Round it, or store it as text.';
  end if;
end $$;

-- What plain SQL producers leave out is filled here, so that an insert with just (action, args) works.
-- Explicit NULLs, as PostgREST sends them, skip column defaults: hence a trigger.
create or replace function bridge.complete_action() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if current_setting('bridge.numbers_checked', true) is distinct from 'on' then
    perform bridge.refuse_overlong_number('odoo_action_outbox', new.args, new.envelope);
  end if;
  new.ordering_key    := left(coalesce(new.ordering_key, bridge.ordering_key(new.action, new.args)), 500);
  new.idempotency_key := coalesce(new.idempotency_key, bridge.time_ordered_uuid()::text);
  new.correlation_id  := coalesce(new.correlation_id, bridge.time_ordered_uuid());
  new.target          := coalesce(new.target, 'odoo');
  new.next_attempt_at := coalesce(new.next_attempt_at, now());
  return new;
end $$;

create or replace trigger complete_action before insert on public.odoo_action_outbox
  for each row execute function bridge.complete_action();

-- Wakes the engine. NOTIFY takes a lock that is held until commit and would put every producer's commit in one line; only
-- the producer that gets the advisory lock notifies. The engine's trailing poll finds the rest.
create or replace function bridge.notify_queue() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if pg_try_advisory_xact_lock(hashtextextended('bridge.' || tg_argv[0], 0)) then
    perform pg_notify('bridge_queue', tg_argv[0]);
  end if;
  return null;
end $$;

create or replace trigger notify_queue after insert on public.odoo_action_outbox
  for each statement execute function bridge.notify_queue('odoo-actions');
create or replace trigger notify_queue after insert on bridge.event_delivery
  for each statement execute function bridge.notify_queue('event-deliveries');

-- One delivery for each event and matching subscriber, in the transaction that stores the event.
-- A realtime subscriber in trigger mode is served here as well: the message commits with the event or not at all, and
-- nothing that goes wrong with it may keep the event from being stored, nor hold it up: where Realtime's tables are locked,
-- as while somebody changes them, it gets no message after two seconds.
create or replace function bridge.fan_out() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  message record;
  patience text;
  wanted boolean;
  by_trigger boolean;
begin
  if current_setting('bridge.numbers_checked', true) is distinct from 'on' then
    perform bridge.refuse_overlong_number('audit_event', payload, meta) from fresh;
  end if;
  -- Most statements end here, or need the insert alone: each further query costs as much as storing an event. What Odoo
  -- reports goes to anybody but Odoo. The first subscriber that is found decides.
  select exists (select from bridge.subscriber s
                  where not bridge.reads_by_itself(s.kind, s.mode)
                    and (s.kind <> 'odoo' or exists (select from fresh f where f.source <> 'odoo'))),
         exists (select from bridge.subscriber s where s.kind = 'realtime' and s.mode = 'trigger')
    into wanted, by_trigger;
  if not wanted then
    return null;
  end if;
  -- The subscribers of each type are looked up once, by the index on their patterns.
  insert into bridge.event_delivery (target, event_id, event_created_at, ordering_key, idempotency_key, correlation_id, hop,
                                     traceparent, tracestate)
  select 'subscriber:' || s.id, e.id, e.created_at,
         bridge.lane(e.event_type, e.resource_id), 'evt_' || e.id, coalesce(e.correlation_id, gen_random_uuid()), e.hop,
         left(e.meta ->> 'traceparent', 56), left(e.meta ->> 'tracestate', 513)
    from (select distinct f.event_type from fresh f) kind
    join bridge.subscriber s on s.event_types && bridge.patterns_of(kind.event_type)
    join fresh e on e.event_type = kind.event_type
   where not (s.kind = 'realtime' and s.mode = 'trigger') and not bridge.reads_by_itself(s.kind, s.mode)
     and bridge.other_skip_reason(s, e.event_type, e.source, e.meta, e.correlation_id, e.created_at, e.hop, e.payload) is null
   order by e.id, s.id;
  if by_trigger then
    patience := current_setting('lock_timeout');
    begin
      perform set_config('lock_timeout', '2s', true);
      for message in
        select f.event_type, bridge.topic(s.topic, f.meta ->> 'company_id', f.event_type) as topic,
               case when octet_length(whole.text) > 250000
                    then bridge.thin_message(e)::jsonb else whole.text::jsonb end as body
          from fresh f
          join public.audit_event e on e.id = f.id and e.created_at = f.created_at
          join bridge.subscriber s on s.kind = 'realtime' and s.mode = 'trigger'
         cross join lateral (select bridge.message_for(s, e)::text as text offset 0) whole
          left join bridge.target t on t.name = 'subscriber:' || s.id
         where coalesce(t.state, 'running') = 'running'
           and bridge.skip_reason(s, f.event_type, f.source, f.meta, f.correlation_id, f.created_at, f.hop, f.payload) is null
         order by f.id, s.id
      loop
        perform realtime.send(message.body, message.event_type, message.topic, true);
      end loop;
      perform set_config('lock_timeout', patience, true);
    exception when others then
      raise warning 'events were stored but not handed to realtime.send: % (%)', sqlerrm, sqlstate;
    end;
  end if;
  return null;
end $$;

create or replace trigger fan_out after insert on public.audit_event
  referencing new table as fresh for each statement execute function bridge.fan_out();

-- A subscriber that reads by itself begins behind all events that are committed now, and never gets those before.
create or replace function bridge.begin_reading() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if bridge.reads_by_itself(new.kind, new.mode) then
    insert into bridge.subscriber_position (subscriber, restores, xact, id, floor_xact, floor_id)
    select new.id, o.restores, place.xact, place.id, place.xact, place.id
      from bridge.event_order o
     cross join (select (pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1)::text::xid8 as xact,
                        coalesce((select max(e.id) from public.audit_event e), 0) as id) place
       for share of o
    on conflict do nothing;
  end if;
  return null;
end $$;

create or replace trigger begin_reading after insert on bridge.subscriber
  for each row execute function bridge.begin_reading();

-- Keeps lanes for this transaction, by the hashes of their names. One transaction has at most 64 of them one by one,
-- beside which others go on, and then all lanes at once, because the server has room for a few thousand locks of
-- everybody. Only one transaction at a time may wait for all lanes while it holds some: two would wait for each other.
-- Until that one has them, another goes on one by one, up to 1,000.
create or replace function bridge.lock_lanes(hashes bigint[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  all_lanes constant bigint := hashtextextended('bridge.lanes', 0);
  turn constant bigint := hashtextextended('bridge.lanes.turn', 0);
  -- How many this transaction holds, -1 is all: the setting ends with it.
  held integer := coalesce(nullif(current_setting('bridge.lanes_locked', true), ''), '0')::integer;
  one bigint;
begin
  if held < 0 then
    return;
  elsif held = 0 and cardinality(hashes) > 64 then
    perform pg_advisory_xact_lock(all_lanes);
    perform set_config('bridge.lanes_locked', '-1', true);
    return;
  elsif held = 0 then
    perform pg_advisory_xact_lock_shared(all_lanes);
  end if;
  foreach one in array hashes loop
    if held >= 64 and (held >= 1000 or pg_try_advisory_xact_lock(turn)) then
      perform pg_advisory_xact_lock(turn);
      perform pg_advisory_xact_lock(all_lanes);
      perform set_config('bridge.lanes_locked', '-1', true);
      return;
    end if;
    perform pg_advisory_xact_lock(one);
    held := held + 1;
  end loop;
  perform set_config('bridge.lanes_locked', held::text, true);
end $$;

-- For producers that need commit order within a lane: the lock is taken before the id is drawn, so that ids of one key
-- become visible in their order. A transaction that calls it for several records takes their locks in the order of its
-- calls; two that do so in different orders can meet (40P01). enqueue_many sorts.
create or replace function bridge.enqueue(action text, args jsonb, key text default null, idempotency_key text default null)
returns bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  lane text := coalesce(key, bridge.ordering_key(action, args));
  row_id bigint;
begin
  if lane <> '' then
    perform bridge.lock_lanes(array[hashtextextended('bridge.lane.' || lane, 0)]);
  end if;
  insert into public.odoo_action_outbox (action, args, ordering_key, idempotency_key)
  values (enqueue.action, enqueue.args, lane, enqueue.idempotency_key)
  returning id into row_id;
  return row_id;
end $$;

-- The same for an array of {"action", "args", "key", "idempotency_key"}: stored in its order, with the locks in an order
-- that is the same for everyone, so that no two calls wait for each other. Returns the ids in the order of the array.
create or replace function bridge.enqueue_many(actions jsonb) returns setof bigint
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  perform bridge.lock_lanes(array(
    select distinct hashtextextended('bridge.lane.' || lane, 0) as hash
      from jsonb_to_recordset(actions) as a(action text, args jsonb, key text)
     cross join lateral coalesce(a.key, bridge.ordering_key(a.action, coalesce(a.args, '{}'))) as lane
     where lane <> ''
     order by hash));
  return query
    insert into public.odoo_action_outbox (action, args, ordering_key, idempotency_key)
    select a.action, coalesce(a.args, '{}'), coalesce(a.key, bridge.ordering_key(a.action, coalesce(a.args, '{}'))), a.idempotency_key
      from jsonb_array_elements(actions) with ordinality as e(one, n)
     cross join lateral jsonb_to_record(e.one) as a(action text, args jsonb, key text, idempotency_key text)
     order by n
    returning id;
end $$;

-- The action of an idempotency key, as it is now and not as a statement's snapshot shows it: hence volatile.
create or replace function bridge.queued_action(key text) returns setof public.odoo_action_outbox
language sql volatile set search_path = pg_catalog, pg_temp as $$
  select * from public.odoo_action_outbox where idempotency_key = key
$$;

revoke execute on function bridge.refuse_overlong_number(text, jsonb, jsonb), bridge.queued_action(text), bridge.complete_action(), bridge.notify_queue(), bridge.fan_out(),
  bridge.begin_reading(),  bridge.lock_lanes(bigint[]), bridge.enqueue(text, jsonb, text, text), bridge.enqueue_many(jsonb) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant execute on function bridge.queued_action(text), bridge.notify_queue(), bridge.lock_lanes(bigint[]),
      bridge.enqueue(text, jsonb, text, text), bridge.enqueue_many(jsonb) to service_role;
  end if;
end $$;
