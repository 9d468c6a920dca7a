-- What plain SQL producers leave out is filled here, so that an insert with just (action, args) works.
-- Explicit NULLs, as PostgREST sends them, skip column defaults: hence a trigger.
-- It belongs to the tables' owner, so that an inserter needs no right on schema bridge.
create function bridge.complete_action() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  new.ordering_key    := left(coalesce(new.ordering_key, bridge.ordering_key(new.action, new.args)), 500);
  new.idempotency_key := coalesce(new.idempotency_key, gen_random_uuid()::text);
  new.correlation_id  := coalesce(new.correlation_id, gen_random_uuid());
  new.target          := coalesce(new.target, 'odoo');
  new.next_attempt_at := coalesce(new.next_attempt_at, now());
  return new;
end $$;
revoke execute on function bridge.complete_action() from public;
create trigger complete_action before insert on public.odoo_action_outbox
  for each row execute function bridge.complete_action();

-- Wakes the engine. NOTIFY takes a lock that is held until commit and would put every producer's
-- commit in one line; only the one that gets the gate notifies. The engine's trailing poll finds the rest.
create function bridge.notify_queue() returns trigger
language plpgsql set search_path = '' as $$
begin
  if pg_try_advisory_xact_lock(hashtextextended('bridge.' || tg_argv[0], 0)) then
    perform pg_notify('bridge_queue', tg_argv[0]);
  end if;
  return null;
end $$;
create trigger notify_queue after insert on public.odoo_action_outbox
  for each statement execute function bridge.notify_queue('odoo-actions');
create trigger notify_queue after insert on bridge.event_delivery
  for each statement execute function bridge.notify_queue('event-deliveries');

-- 'res.partner.*' is a prefix, '*' is everything that the bridge does not say about itself. A loop, because
-- it is asked for every event and subscriber: a sub-select takes half as long again.
create function bridge.event_type_matches(patterns text[], event_type text) returns boolean
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

-- One delivery per event and matching subscriber, in the transaction that stores the event, whoever
-- stores it. The function belongs to the tables' owner: an inserter needs no right on schema bridge.
create function bridge.fan_out() returns trigger
language plpgsql security definer set search_path = '' as $$
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
    join bridge.subscriber s
      on bridge.event_type_matches(s.event_types, e.event_type)
     and (s.sources is null or e.source = any (s.sources))
     and (s.company is null or e.meta ->> 'company_id' = s.company::text)
     and not (s.kind = 'odoo' and (e.source = 'odoo' or e.event_type like 'bridge.%' or e.hop >= 3))
     and not (s.kind = 'realtime' and s.mode <> 'rest')
   order by e.id, s.id;
  return null;
end $$;
revoke execute on function bridge.fan_out() from public;
create trigger fan_out after insert on public.audit_event
  referencing new table as fresh for each statement execute function bridge.fan_out();

-- For producers that need commit order within a lane: the lock is taken before the id is drawn, so
-- that ids of one key become visible in their order.
create function bridge.enqueue(action text, args jsonb, key text default null, idempotency_key text default null)
returns bigint
language plpgsql set search_path = '' as $$
declare
  lane text := coalesce(key, bridge.ordering_key(action, args));
  row_id bigint;
begin
  if lane <> '' then
    perform pg_advisory_xact_lock(hashtextextended('bridge.lane.' || lane, 0));
  end if;
  insert into public.odoo_action_outbox (action, args, ordering_key, idempotency_key)
  values (enqueue.action, enqueue.args, lane, enqueue.idempotency_key)
  returning id into row_id;
  return row_id;
end $$;
