-- public.audit_event as a table of partitions by ranges of ids, which are in schema bridge. Ids and not times, because the
-- primary key stays as it is. There is no default partition: with one, none could be detached while events come in.
set local client_min_messages = warning;

-- How events are stored: in one table, in partitions that the bridge makes and drops, or in another way, as by pg_partman,
-- which it leaves alone. As the owner, because others may not see pg_partman's settings.
create or replace function bridge.event_storage() returns text
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  partman name := (select n.nspname from pg_extension x join pg_namespace n on n.oid = x.extnamespace
                    where x.extname = 'pg_partman');
  managed boolean := false;
begin
  if partman is not null then
    execute format('select exists (select from %I.part_config where parent_table = ''public.audit_event'')', partman)
      into managed;
  end if;
  return (
    select case when c.relkind = 'r' and not managed then 'table'
                when c.relkind = 'p' and not managed and p.partdefid = 0 and pg_get_partkeydef(c.oid) = 'RANGE (id)'
                then 'partitions' else 'other' end
      from pg_class c left join pg_partitioned_table p on p.partrelid = c.oid
     where c.oid = 'public.audit_event'::regclass);
end $$;

-- The partitions in the order of their ids: from the first id on, up to the one before until_id; null is no bound.
create or replace function bridge.event_partitions()
returns table (name text, from_id bigint, until_id bigint, detaching boolean)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select i.inhrelid::regclass::text,
         substring(b.bound from 'FROM \(''?(-?\d+)''?\)')::bigint, substring(b.bound from 'TO \(''?(-?\d+)''?\)')::bigint,
         i.inhdetachpending
    from pg_inherits i
    join pg_class c on c.oid = i.inhrelid
   cross join lateral (select pg_get_expr(c.relpartbound, c.oid) as bound) b
   where i.inhparent = 'public.audit_event'::regclass
   order by 2 nulls first
$$;

-- How many partitions have no event yet; null where the bridge does not make them.
create or replace function bridge.event_partitions_left() returns integer
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if bridge.event_storage() <> 'partitions' then
    return null;
  end if;
  return (select count(*) from bridge.event_partitions() p
           where p.from_id > coalesce(pg_sequence_last_value('public.audit_event_id_seq'), 0));
end $$;

-- The ids that a table to be partitioned is promised to keep below; null without such a promise.
create or replace function bridge.event_bound() returns bigint
language sql stable set search_path = pg_catalog, pg_temp as $$
  select substring(pg_get_constraintdef(oid) from '< ''?(\d+)')::bigint from pg_constraint
   where conrelid = 'public.audit_event'::regclass and conname = 'audit_event_bound'
$$;

-- Makes what is missing of so many partitions ahead, and returns how many it made. A partition is attached and not created
-- in place, so that no insert waits. A table that was promised to keep below an id and comes near it is released:
-- the move to partitions was given up. As the owner, because a bridge that is not would stand still without.
create or replace function bridge.make_event_partitions(size bigint, ahead integer) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp set lock_timeout = '2s' as $$
declare
  storage text := bridge.event_storage();
  last_id bigint := coalesce(pg_sequence_last_value('public.audit_event_id_seq'), 0);
  first_id bigint;
  made integer := 0;
begin
  -- As the settings allow: the service role may call this, and thousands of small ones would slow down every look-up.
  if size is null or ahead is null or size not between 100000 and 1000000000 or ahead not between 1 and 100 then
    raise exception 'partitions of % ids, % ahead; expected 100000 to 1000000000 and 1 to 100', size, ahead
      using errcode = '22023';
  end if;
  if storage = 'table' and last_id > bridge.event_bound() - 1000000
     and pg_try_advisory_xact_lock(hashtextextended('bridge.event_partitions', 0)) then
    alter table public.audit_event drop constraint audit_event_bound;
  end if;
  if storage <> 'partitions' or not pg_try_advisory_xact_lock(hashtextextended('bridge.event_partitions', 0)) then
    return 0;
  end if;
  first_id := greatest((select max(p.until_id) from bridge.event_partitions() p), last_id / size * size);
  while (select count(*) from bridge.event_partitions() p where p.from_id > last_id) < ahead loop
    execute format('create table bridge.%I (like public.audit_event including defaults including constraints'
                   ' including storage including compression)', 'audit_event_' || first_id);
    execute format('alter table public.audit_event attach partition bridge.%I for values from (%s) to (%s)',
                   'audit_event_' || first_id, first_id, (first_id / size + 1) * size);
    first_id := (first_id / size + 1) * size;
    made := made + 1;
  end loop;
  return made;
end $$;

-- Whether something still needs an event of these ids: an open delivery, an unfinished replay that has yet to walk it, or a
-- reader that goes on from a position of its own, where there are such. Null is no bound.
create or replace function bridge.events_needed(from_id bigint, until_id bigint) returns boolean
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  first_id bigint := coalesce(from_id, '-9223372036854775808');
  needed boolean := exists (
      select from bridge.event_delivery d
       where d.event_id >= first_id and d.event_id < events_needed.until_id and d.status <> 'delivered')
    or exists (
      select from bridge.replay r
       where r.status in ('running', 'paused') and r.cursor < events_needed.until_id - 1 and r.until_id >= first_id);
begin
  if not needed and to_regclass('bridge.subscriber_position') is not null then
    execute 'select exists (select from bridge.subscriber_position p join bridge.subscriber s on s.id = p.subscriber'
      || ' cross join bridge.event_order o where s.mode = ''stream'' and exists (select from public.audit_event e'
      || ' where e.id >= $1 and e.id < $2'
      || ' and (case when e.id <= o.restored_through then ''0'' else e.xact end, e.id) > (p.xact, p.id)))'
      into needed using first_id, until_id;
  end if;
  return needed;
end $$;

-- The partitions whose events are all older and that nothing needs, from the oldest on up to one that is younger. One that
-- still takes ids is never among them, and neither is one whose removal has begun, or that an archive brought back.
create or replace function bridge.old_event_partitions(age interval) returns setof text
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  part record;
  newest timestamptz;
begin
  for part in select * from bridge.event_partitions() loop
    exit when part.until_id is null or part.until_id > coalesce(pg_sequence_last_value('public.audit_event_id_seq'), 0);
    select max(e.created_at) into newest
      from public.audit_event e where e.id >= coalesce(part.from_id, '-9223372036854775808'::bigint) and e.id < part.until_id;
    exit when newest >= now() - age;
    if not part.detaching and obj_description(part.name::regclass, 'pg_class') is distinct from 'restored from an archive'
       and not bridge.events_needed(part.from_id, part.until_id) then
      return next part.name;
    end if;
  end loop;
end $$;

-- Before schema bridge is dropped and the events are to stay: moves the partitions into a schema of their own, and adds one
-- for all further ids.
create or replace function bridge.keep_events() returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  part text;
begin
  if bridge.event_storage() <> 'partitions' then
    return;
  end if;
  create schema if not exists audit_event_partitions;
  revoke all on schema audit_event_partitions from public;
  for part in select name from bridge.event_partitions() where starts_with(name, 'bridge.') loop
    execute format('alter table %s set schema audit_event_partitions', part);
  end loop;
  create table audit_event_partitions.audit_event_rest partition of public.audit_event default;
end $$;

revoke execute on function bridge.event_storage(), bridge.event_partitions(), bridge.event_partitions_left(), bridge.event_bound(),
  bridge.make_event_partitions(bigint, integer), bridge.events_needed(bigint, bigint), bridge.old_event_partitions(interval),
  bridge.keep_events() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant execute on function bridge.event_storage(), bridge.event_partitions(), bridge.event_partitions_left(),
      bridge.event_bound(), bridge.make_event_partitions(bigint, integer), bridge.events_needed(bigint, bigint),
      bridge.old_event_partitions(interval) to service_role;
  end if;
end $$;
