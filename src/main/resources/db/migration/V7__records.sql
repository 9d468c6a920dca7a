-- Which record an event is about: its model, which is its type without the last word, and its id. Only here: an event of
-- res.partner.bank is none of res.partner, though its type begins so.
create function bridge.model(event_type text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return regexp_replace(event_type, '\.[^.]*$', '');
end $$;

-- The lane of an event's deliveries, its record; '' has no order.
create function bridge.lane(event_type text, resource_id text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return case when resource_id <> '' then left(bridge.model(event_type) || ':' || resource_id, 500) else '' end;
end $$;
revoke execute on function bridge.model(text), bridge.lane(text, text) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant execute on function bridge.model(text), bridge.lane(text, text) to service_role;
  end if;
end $$;
