-- What readers of the events rely on: events in the order of (xact, id) are complete below the oldest open transaction. A
-- dump that is restored on another server breaks that, for its events keep the transactions of a server that may have
-- counted further: they would stand in the future for years, and new events before them.

-- Names the server and the database; the server only where the owner of this function may know.
create or replace function bridge.server_and_database() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  server text;
begin
  begin
    select system_identifier::text into server from pg_catalog.pg_control_system();
  exception when insufficient_privilege then
    server := 'unknown';
  end;
  return server || ':' || (select d.oid from pg_catalog.pg_database d where d.datname = current_database());
end $$;

-- Whether events or positions are here of transactions that this server has not begun yet. Three looks at the ends of
-- indexes, because each read asks.
create or replace function bridge.has_restored_events() returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(last.xact >= pg_snapshot_xmax(pg_current_snapshot()) and last.xact > o.restored_xact, false)
      or coalesce(newest.xact >= pg_snapshot_xmax(pg_current_snapshot()) and newest.id > o.restored_through, false)
      or exists (select from bridge.subscriber_position p where p.xact >= pg_snapshot_xmax(pg_current_snapshot()))
    from bridge.event_order o
    left join lateral (select e.xact from public.audit_event e order by e.xact desc, e.id desc limit 1) last on true
    left join lateral (select e.xact, e.id from public.audit_event e order by e.id desc limit 1) newest on true
$$;

-- Notes that all events up to now are to be read by id, if they were restored, and whether it did. Positions are moved back
-- to where nothing is left out: what a subscriber has may come again. The lock waits for the inserts that are under way, so
-- that no id up to the last one comes later; it is given up soon, because inserts wait behind it.
create or replace function bridge.note_restored_events() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '500ms' as $$
declare
  here constant text := bridge.server_and_database();
  before bridge.event_order;
  last bigint;
begin
  update bridge.event_order set server = here where server is null;
  if not exists (select from bridge.event_order where server <> here) and not bridge.has_restored_events() then
    return false;
  end if;
  lock table public.audit_event in share mode;
  select * into strict before from bridge.event_order for update;
  if before.server = here and not bridge.has_restored_events() then
    return false;
  end if;
  last := coalesce((select max(e.id) from public.audit_event e), 0);
  update bridge.event_order
     set restores         = before.restores + 1,
         restored_through = last,
         restored_xact    = greatest(before.restored_xact, (select e.xact from public.audit_event e order by e.xact desc, e.id desc limit 1)),
         from_xact        = pg_snapshot_xmin(pg_current_snapshot()),
         server           = here,
         noted_at         = now();
  -- "id + 0" has the rows behind the position read, and not the table from its first id on.
  update bridge.subscriber_position p
     set restores = before.restores + 1,
         xact     = '0',
         id       = case when p.xact = '0' then p.id else least(p.id, (
                      select min(e.id + 0) - 1 from public.audit_event e
                       where (e.xact, e.id) > (p.xact, p.id) and e.id > before.restored_through)) end;
  return true;
end $$;

revoke execute on function bridge.server_and_database(), bridge.has_restored_events(), bridge.note_restored_events() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant execute on function bridge.server_and_database(), bridge.has_restored_events(), bridge.note_restored_events() to service_role;
  end if;
end $$;
