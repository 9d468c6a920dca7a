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

-- The same with the server's timeline, where it may be asked: a new one begins when the database is restored to a point in
-- time, or another server takes over. What was stored since is gone then, and its transactions and ids come again.
create or replace function bridge.database_history() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  return bridge.server_and_database() || ':' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8);
exception when insufficient_privilege or object_not_in_prerequisite_state or feature_not_supported then
  return bridge.server_and_database();
end $$;

-- Whether events or positions are here of transactions that this server has not begun yet, or it is another one than
-- before. Three looks at the ends of indexes, because each read asks.
create or replace function bridge.has_restored_events() returns boolean
language sql stable set search_path = pg_catalog, pg_temp as $$
  select coalesce(o.server <> bridge.database_history(), false)
      or coalesce(last.xact >= pg_snapshot_xmax(pg_current_snapshot()) and last.xact > o.restored_xact, false)
      or coalesce(newest.xact >= pg_snapshot_xmax(pg_current_snapshot()) and newest.id > o.restored_through, false)
      or exists (select from bridge.subscriber_position p where p.xact >= pg_snapshot_xmax(pg_current_snapshot()))
    from bridge.event_order o
    left join lateral (select e.xact from public.audit_event e order by e.xact desc, e.id desc limit 1) last on true
    left join lateral (select e.xact, e.id from public.audit_event e order by e.id desc limit 1) newest on true
$$;

-- The last id before which nothing is left out, for a reader at a place in the order, when events that were ordered
-- by transaction are read by id. "id + 0" has the rows behind the place read, and not the table from its first id on.
create or replace function bridge.restored_place(at_xact xid8, at_id bigint, restored_before bigint) returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select case when at_xact = '0' then at_id else least(at_id, (
           select min(e.id + 0) - 1 from public.audit_event e
            where (e.xact, e.id) > (at_xact, at_id) and e.id > restored_before)) end
$$;

-- Notes that all events up to now are to be read by id, if they were restored, and whether it did. Positions are moved back
-- to where nothing is left out: what a subscriber has may come again. The lock waits for the inserts that are under way, so
-- that no id up to the last one comes later; it is given up soon, because inserts wait behind it.
create or replace function bridge.note_restored_events() returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '500ms' as $$
declare
  here constant text := bridge.database_history();
  before bridge.event_order;
  last bigint;
  -- The seconds since 2024, because two restores of one backup must not get the same number.
  number integer := extract(epoch from clock_timestamp() - timestamptz '2024-01-01 00:00:00Z');
begin
  update bridge.event_order set server = here where server is null;
  if not bridge.has_restored_events() then
    return false;
  end if;
  lock table public.audit_event in share mode;
  select * into strict before from bridge.event_order for update;
  if not bridge.has_restored_events() then
    return false;
  end if;
  last := coalesce((select max(e.id) from public.audit_event e), 0);
  number := greatest(number, before.restores + 1);
  update bridge.event_order
     set restores         = number,
         restored_through = last,
         restored_xact    = greatest(before.restored_xact, (select e.xact from public.audit_event e order by e.xact desc, e.id desc limit 1)),
         from_xact        = pg_snapshot_xmin(pg_current_snapshot()),
         server           = here,
         noted_at         = now();
  update bridge.subscriber_position p
     set restores   = number,
         xact       = '0',
         id         = bridge.restored_place(p.xact, p.id, before.restored_through),
         floor_xact = '0',
         floor_id   = bridge.restored_place(p.floor_xact, p.floor_id, before.restored_through);
  return true;
end $$;

revoke execute on function bridge.server_and_database(), bridge.database_history(), bridge.has_restored_events(), bridge.note_restored_events(),
  bridge.restored_place(xid8, bigint, bigint) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant execute on function bridge.server_and_database(), bridge.database_history(), bridge.has_restored_events(), bridge.note_restored_events() to service_role;
  end if;
end $$;

comment on column bridge.event_order.restores is
  'Number of the last time that restored events were found; a position of another number is out of date';
