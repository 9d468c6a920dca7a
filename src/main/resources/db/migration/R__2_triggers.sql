-- What happens in a producer's own transaction: an action is completed, the engine is woken, an event gets its deliveries.
-- The two functions that write belong to the tables' owner (security definer): an inserter needs no right on schema bridge.

-- What plain SQL producers leave out is filled here, so that an insert with just (action, args) works.
-- Explicit NULLs, as PostgREST sends them, skip column defaults: hence a trigger.
create or replace function bridge.complete_action() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.ordering_key    := left(coalesce(new.ordering_key, bridge.ordering_key(new.action, new.args)), 500);
  new.idempotency_key := coalesce(new.idempotency_key, gen_random_uuid()::text);
  new.correlation_id  := coalesce(new.correlation_id, gen_random_uuid());
  new.target          := coalesce(new.target, 'odoo');
  new.next_attempt_at := coalesce(new.next_attempt_at, now());
  return new;
end $$;

create or replace trigger complete_action before insert on public.odoo_action_outbox
  for each row execute function bridge.complete_action();

-- Wakes the engine. NOTIFY takes a lock that is held until commit and would put every producer's commit in one line; only
-- the producer that gets the advisory lock notifies. The engine's trailing poll finds the rest.
create or replace function bridge.notify_queue() returns trigger
language plpgsql set search_path = '' as $$
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

-- One delivery for each event and matching subscriber, in the transaction that stores the event, whoever stores it.
-- A realtime subscriber in trigger mode is served here as well: the message commits with the event or not at all, and
-- nothing that goes wrong with it may keep the event from being stored, nor hold it up: where Realtime's tables are locked,
-- as while somebody changes them, it gets no message after two seconds.
create or replace function bridge.fan_out() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  message record;
  patience text := current_setting('lock_timeout');
begin
  if not exists (select from bridge.subscriber) then
    return null;
  end if;
  insert into bridge.event_delivery (target, event_id, event_created_at, ordering_key, idempotency_key, correlation_id, hop)
  select 'subscriber:' || s.id, e.id, e.created_at,
         bridge.lane(e.event_type, e.resource_id), 'evt_' || e.id, coalesce(e.correlation_id, gen_random_uuid()), e.hop
    from fresh e
    join bridge.subscriber s on not (s.kind = 'realtime' and s.mode = 'trigger')
   where bridge.skip_reason(s, e.event_type, e.source, e.meta, e.correlation_id, e.created_at, e.hop) is null
   order by e.id, s.id;
  if exists (select from bridge.subscriber where kind = 'realtime' and mode = 'trigger') then
    begin
      perform set_config('lock_timeout', '2s', true);
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
      perform set_config('lock_timeout', patience, true);
    exception when others then
      raise warning 'events were stored but not handed to realtime.send: % (%)', sqlerrm, sqlstate;
    end;
  end if;
  return null;
end $$;

create or replace trigger fan_out after insert on public.audit_event
  referencing new table as fresh for each statement execute function bridge.fan_out();

-- For producers that need commit order within a lane: the lock is taken before the id is drawn, so that ids of one key
-- become visible in their order. A transaction locks its first 64 lanes one by one, beside which others go on, and then
-- all lanes at once, because the server has room for a few thousand locks of everybody.
create or replace function bridge.enqueue(action text, args jsonb, key text default null, idempotency_key text default null)
returns bigint
language plpgsql set search_path = '' as $$
declare
  all_lanes constant bigint := hashtextextended('bridge.lanes', 0);
  lane text := coalesce(key, bridge.ordering_key(action, args));
  locked integer;
  row_id bigint;
begin
  if lane <> '' then
    -- Counts the locks of this transaction: the setting ends with it.
    locked := coalesce(nullif(current_setting('bridge.lanes_locked', true), ''), '0')::integer + 1;
    if locked <= 65 then
      perform set_config('bridge.lanes_locked', locked::text, true);
    end if;
    if locked = 1 then
      perform pg_advisory_xact_lock_shared(all_lanes);
    end if;
    if locked <= 64 then
      perform pg_advisory_xact_lock(hashtextextended('bridge.lane.' || lane, 0));
    elsif locked = 65 then
      perform pg_advisory_xact_lock(all_lanes);
    end if;
  end if;
  insert into public.odoo_action_outbox (action, args, ordering_key, idempotency_key)
  values (enqueue.action, enqueue.args, lane, enqueue.idempotency_key)
  returning id into row_id;
  return row_id;
end $$;

-- The action of an idempotency key, as it is now and not as a statement's snapshot shows it: hence volatile.
create or replace function bridge.queued_action(key text) returns setof public.odoo_action_outbox
language sql volatile set search_path = '' as $$
  select * from public.odoo_action_outbox where idempotency_key = key
$$;

revoke execute on function bridge.queued_action(text), bridge.complete_action(), bridge.notify_queue(), bridge.fan_out(), bridge.enqueue(text, jsonb, text, text) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant execute on function bridge.queued_action(text), bridge.notify_queue(), bridge.enqueue(text, jsonb, text, text) to service_role;
  end if;
end $$;
