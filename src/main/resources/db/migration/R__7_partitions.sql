-- public.audit_event as a table of partitions by ranges of ids, which are in schema bridge. Ids and not times, because the
-- primary key stays as it is. There is no default partition: with one, none could be detached while events come in.
set local client_min_messages = warning;

-- How events are stored: in one table, in partitions that the bridge makes and drops, or in another way, as by pg_partman,
-- which it leaves alone. As the owner, because others may not see pg_partman's settings.
create or replace function bridge.event_storage() returns text
language plpgsql stable security definer set search_path = '' as $$
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
language sql stable set search_path = '' as $$
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
language plpgsql stable set search_path = '' as $$
begin
  if bridge.event_storage() <> 'partitions' then
    return null;
  end if;
  return (select count(*) from bridge.event_partitions() p
           where p.from_id > coalesce(pg_sequence_last_value('public.audit_event_id_seq'), 0));
end $$;

-- The ids that a table to be partitioned is promised to keep below; null without such a promise.
create or replace function bridge.event_bound() returns bigint
language sql stable set search_path = '' as $$
  select substring(pg_get_constraintdef(oid) from '< ''?(\d+)')::bigint from pg_constraint
   where conrelid = 'public.audit_event'::regclass and conname = 'audit_event_bound'
$$;

-- Makes what is missing of so many partitions ahead, and returns how many it made. A partition is attached and not created
-- in place, so that no insert waits. A table that was promised to keep below an id and comes near it is released: whoever
-- wanted to partition it has given up. As the owner, because a bridge that is not would stand still without.
create or replace function bridge.make_event_partitions(size bigint, ahead integer) returns integer
language plpgsql security definer set search_path = '' set lock_timeout = '2s' as $$
declare
  storage text := bridge.event_storage();
  last_id bigint := coalesce(pg_sequence_last_value('public.audit_event_id_seq'), 0);
  first_id bigint;
  made integer := 0;
begin
  if size not between 1 and 1000000000 or ahead not between 1 and 1000 then
    raise exception 'partitions of % ids, % ahead; expected 1 to 1000000000 and 1 to 1000', size, ahead using errcode = '22023';
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

-- Whether something still needs an event of these ids: an open delivery, or an unfinished replay that has yet to walk it.
-- Null is no bound. Other readers of old events have their condition here.
create or replace function bridge.events_needed(from_id bigint, until_id bigint) returns boolean
language sql stable set search_path = '' as $$
  select exists (select from bridge.event_delivery d
                  where d.event_id >= coalesce(from_id, 0) and d.event_id < until_id and d.status <> 'delivered')
      or exists (select from bridge.replay r
                  where r.status in ('running', 'paused') and r.cursor < until_id - 1 and r.until_id >= coalesce(from_id, 0))
$$;

-- The partitions whose events are all older and that nothing needs, from the oldest on up to one that is younger. One that
-- still takes ids is never among them, and neither is one whose removal has begun, or that an archive brought back.
create or replace function bridge.old_event_partitions(age interval) returns setof text
language plpgsql stable set search_path = '' as $$
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

-- What keeps the table from being partitioned, in words.
create or replace function bridge.partition_obstacles() returns setof text
language sql stable set search_path = '' as $$
  select 'a foreign key refers to it: ' || conname || ' of ' || conrelid::regclass from pg_constraint
   where confrelid = 'public.audit_event'::regclass and conparentid = 0
  union all
  select 'a unique or exclusion index does not hold the id: ' || i.indexrelid::regclass from pg_index i
   where i.indrelid = 'public.audit_event'::regclass and (i.indisunique or i.indisexclusion) and not i.indisprimary
  union all
  select 'the primary key is not (id)' where not exists (
    select from pg_constraint where conrelid = 'public.audit_event'::regclass and pg_get_constraintdef(oid) = 'PRIMARY KEY (id)')
  union all
  select 'a materialized view reads it: ' || c.oid::regclass
    from pg_depend d join pg_rewrite w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid
    join pg_class c on c.oid = w.ev_class and c.relkind = 'm'
   where d.refclassid = 'pg_class'::regclass and d.refobjid = 'public.audit_event'::regclass
   group by c.oid
  union all
  select 'a rule stands on it: ' || rulename from pg_rewrite where ev_class = 'public.audit_event'::regclass
  union all
  select 'other tables inherit from it, or it from them' where exists (
    select from pg_inherits where 'public.audit_event'::regclass in (inhparent, inhrelid))
  union all
  select 'a publication has a filter or a list of columns for it: ' || p.pubname
    from pg_publication_rel r join pg_publication p on p.oid = r.prpubid
   where r.prrelid = 'public.audit_event'::regclass and (r.prqual is not null or r.prattrs is not null)
  union all
  select 'columns have its type: ' || string_agg(a.attrelid::regclass || '.' || a.attname, ', ')
    from pg_attribute a join pg_type t on a.atttypid in (t.oid, t.typarray) join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
   where t.typrelid = 'public.audit_event'::regclass and not a.attisdropped
  having count(*) > 0
$$;

-- Rights to a relation and its columns, as one statement each.
create or replace function bridge.grants_of(relation regclass) returns setof text
language sql stable set search_path = '' as $$
  select format('grant %s%s on %s to %s%s', a.privilege_type, columns, relation,
                case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end,
                case when a.is_grantable then ' with grant option' else '' end)
    from (select c.relowner, '' as columns, c.relacl as acl from pg_class c where c.oid = relation
          union all
          select c.relowner, format(' (%I)', t.attname), t.attacl
            from pg_attribute t join pg_class c on c.oid = t.attrelid
           where t.attrelid = relation and t.attnum > 0 and not t.attisdropped) g
   cross join lateral aclexplode(g.acl) a
   where a.grantee <> g.relowner
$$;

-- Makes the table the first partition of a new one in its place, in one short transaction: with rows only if the
-- constraint audit_event_bound says which ids it has. What depends on the table by its number is made again: views,
-- functions of its row type, triggers, policies, rights and publications, whoever made them.
create or replace function bridge.partition_events(size bigint, ahead integer) returns void
language plpgsql set search_path = '' as $$
declare
  old constant oid := 'public.audit_event'::regclass;
  bound bigint;
  obstacle text;
  one record;
  again text[] := '{}';
  later text[] := '{}';
begin
  select string_agg(o, '; ') into obstacle from bridge.partition_obstacles() o;
  if bridge.event_storage() <> 'table' or obstacle is not null then
    raise exception 'public.audit_event cannot be partitioned: %', coalesce(obstacle, bridge.event_storage())
      using errcode = '55000';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('bridge.event_partitions', 0));
  -- Views first, as those who read through them come; this changes nothing and locks.
  for one in select distinct w.ev_class::regclass as view, c.relowner
               from pg_depend d join pg_rewrite w on d.classid = 'pg_rewrite'::regclass and w.oid = d.objid
               join pg_class c on c.oid = w.ev_class
              where d.refclassid = 'pg_class'::regclass and d.refobjid = old and w.ev_class <> old loop
    execute format('alter view %s owner to %I', one.view, pg_get_userbyid(one.relowner));
    later := later || format('create or replace view %s%s as %s', one.view,
      (select ' with (' || array_to_string(c.reloptions, ', ') || ')' from pg_class c where c.oid = one.view and c.reloptions is not null),
      pg_get_viewdef(one.view));
  end loop;
  lock table public.audit_event in access exclusive mode;

  select bridge.event_bound() into bound from pg_constraint
   where conrelid = old and conname = 'audit_event_bound' and convalidated;
  if bound is null then
    if exists (select from public.audit_event) then
      raise exception 'public.audit_event has rows, and no constraint says which ids' using errcode = '55000';
    end if;
    bound := (coalesce(pg_sequence_last_value('public.audit_event_id_seq'), 0) / size + 1) * size;
  end if;

  again := array(select pg_get_indexdef(indexrelid) from pg_index where indrelid = old and indisvalid and not indisprimary);
  again := again || array(
    select format('create policy %I on public.audit_event as %s for %s to %s%s%s', policyname, permissive, cmd,
                  (select string_agg(quote_ident(r), ', ') from unnest(roles) r),
                  ' using (' || qual || ')', ' with check (' || with_check || ')')
      from pg_policies where schemaname = 'public' and tablename = 'audit_event');
  again := again || array(
    select case when c.relrowsecurity then 'alter table public.audit_event enable row level security' end from pg_class c where c.oid = old and c.relrowsecurity)
    || array(
    select 'alter table public.audit_event force row level security' from pg_class c where c.oid = old and c.relforcerowsecurity)
    || array(select format('comment on table public.audit_event is %L', obj_description(old, 'pg_class')))
    || array(select format('alter table public.audit_event owner to %I', pg_get_userbyid(relowner)) from pg_class where oid = old);
  later := later || array(select bridge.grants_of(old::regclass)) || array(
    select pg_get_triggerdef(oid) from pg_trigger where tgrelid = old and not tgisinternal order by tgname)
    || array(
    select format('alter table public.audit_event %s trigger %I',
                  case tgenabled when 'D' then 'disable' when 'A' then 'enable always' else 'enable replica' end, tgname)
      from pg_trigger where tgrelid = old and not tgisinternal and tgenabled <> 'O')
    || array(
    select unnest(array[format('alter publication %I add table public.audit_event', p.pubname),
                        format('alter publication %I set (publish_via_partition_root = true)', p.pubname)])
      from pg_publication_rel r join pg_publication p on p.oid = r.prpubid where r.prrelid = old);

  -- Functions of its row type belong to the old table's.
  for one in select distinct p.oid, p.oid::regprocedure as signature, p.proowner, p.proacl, obj_description(p.oid, 'pg_proc') as comment
               from pg_depend d join pg_proc p on d.classid = 'pg_proc'::regclass and p.oid = d.objid and p.prokind in ('f', 'p')
              where (d.refclassid = 'pg_class'::regclass and d.refobjid = old)
                 or (d.refclassid = 'pg_type'::regclass and d.refobjid in (
                       select unnest(array[t.oid, t.typarray]) from pg_type t where t.typrelid = old)) loop
    -- Before the views and triggers, which may use them.
    later := array[pg_get_functiondef(one.oid), format('alter routine %s owner to %I', one.signature, pg_get_userbyid(one.proowner))]
      || array(select format('comment on routine %s is %L', one.signature, one.comment) where one.comment is not null)
      || array(select format('revoke execute on routine %s from public', one.signature) where one.proacl is not null)
      || array(select format('grant execute on routine %s to %s', one.signature,
                             case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end)
                 from aclexplode(one.proacl) a where a.grantee <> one.proowner)
      || later;
    execute format('drop routine %s', one.signature);
  end loop;
  for one in select format('drop trigger %I on public.audit_event', tgname) as act from pg_trigger where tgrelid = old and not tgisinternal
             union all
             select format('drop policy %I on public.audit_event', policyname) from pg_policies where schemaname = 'public' and tablename = 'audit_event'
             union all
             select format('alter publication %I drop table public.audit_event', p.pubname)
               from pg_publication_rel r join pg_publication p on p.oid = r.prpubid where r.prrelid = old
             union all
             select format('revoke all on public.audit_event from %s', case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end)
               from pg_class c cross join lateral aclexplode(c.relacl) a where c.oid = old and a.grantee <> c.relowner loop
    execute one.act;
  end loop;

  -- An owned sequence would move with its table.
  alter sequence public.audit_event_id_seq owned by none;
  alter table public.audit_event rename to audit_event_0;
  alter table public.audit_event_0 set schema bridge;
  create table public.audit_event (like bridge.audit_event_0 including defaults including constraints including comments
    including storage including compression) partition by range (id);
  alter table public.audit_event drop constraint if exists audit_event_bound;
  alter table public.audit_event add constraint audit_event_pkey primary key (id);
  -- What default privileges gave it.
  for one in select distinct case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end as grantee
               from pg_class c cross join lateral aclexplode(c.relacl) a
              where c.oid = 'public.audit_event'::regclass and a.grantee <> c.relowner loop
    execute format('revoke all on public.audit_event from %s', one.grantee);
  end loop;
  for one in select s.act from unnest(again) s(act) loop
    execute one.act;
  end loop;
  execute format('alter table public.audit_event attach partition bridge.audit_event_0 for values from (minvalue) to (%s)', bound);
  alter table bridge.audit_event_0 drop constraint if exists audit_event_bound;
  alter sequence public.audit_event_id_seq owned by public.audit_event.id;
  perform bridge.make_event_partitions(size, ahead);
  for one in select s.act from unnest(later) s(act) loop
    execute one.act;
  end loop;
end $$;

-- Before schema bridge is dropped and the events are to stay: moves the partitions into a schema of their own, and adds one
-- for all further ids.
create or replace function bridge.keep_events() returns void
language plpgsql set search_path = '' as $$
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
  bridge.partition_obstacles(), bridge.grants_of(regclass), bridge.partition_events(bigint, integer), bridge.keep_events() from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant execute on function bridge.event_storage(), bridge.event_partitions(), bridge.event_partitions_left(),
      bridge.event_bound(), bridge.make_event_partitions(bigint, integer) to service_role;
  end if;
  -- A new installation begins with partitions; a table with rows stays until somebody asks for them.
  if bridge.event_storage() = 'table' and not exists (select from public.audit_event)
     and not exists (select from bridge.partition_obstacles()) then
    perform bridge.partition_events(1000000, 4);
  end if;
end $$;
