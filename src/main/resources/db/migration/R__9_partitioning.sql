-- How the table of events becomes one of partitions, with whatever hangs on it. The command partition calls this where there
-- are events; a new installation begins so.
set local client_min_messages = warning;

-- What keeps the table from being partitioned, in words.
create or replace function bridge.partition_obstacles() returns setof text
language sql stable set search_path = pg_catalog, pg_temp as $$
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
    from pg_attribute a join pg_type t on a.atttypid in (t.oid, t.typarray)
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
   where t.typrelid = 'public.audit_event'::regclass and not a.attisdropped
  having count(*) > 0
$$;

-- Rights to a relation and its columns, as one statement each.
create or replace function bridge.grants_of(relation regclass) returns setof text
language sql stable set search_path = pg_catalog, pg_temp as $$
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
-- functions of its row type, triggers, policies, rights and publications, also those that others made.
create or replace function bridge.partition_events(size bigint, ahead integer) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
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
      (select ' with (' || array_to_string(c.reloptions, ', ') || ')'
         from pg_class c where c.oid = one.view and c.reloptions is not null),
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
    select 'alter table public.audit_event enable row level security' from pg_class c where c.oid = old and c.relrowsecurity)
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
  for one in select distinct p.oid, p.oid::regprocedure as signature, p.proowner, p.proacl,
                    obj_description(p.oid, 'pg_proc') as comment
               from pg_depend d join pg_proc p on d.classid = 'pg_proc'::regclass and p.oid = d.objid and p.prokind in ('f', 'p')
              where (d.refclassid = 'pg_class'::regclass and d.refobjid = old)
                 or (d.refclassid = 'pg_type'::regclass and d.refobjid in (
                       select unnest(array[t.oid, t.typarray]) from pg_type t where t.typrelid = old)) loop
    -- Before the views and triggers, which may use them.
    later := array[pg_get_functiondef(one.oid),
                   format('alter routine %s owner to %I', one.signature, pg_get_userbyid(one.proowner))]
      || array(select format('comment on routine %s is %L', one.signature, one.comment) where one.comment is not null)
      || array(select format('revoke execute on routine %s from public', one.signature) where one.proacl is not null)
      || array(select format('grant execute on routine %s to %s', one.signature,
                             case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end)
                 from aclexplode(one.proacl) a where a.grantee <> one.proowner)
      || later;
    execute format('drop routine %s', one.signature);
  end loop;
  for one in select format('drop trigger %I on public.audit_event', tgname) as act
               from pg_trigger where tgrelid = old and not tgisinternal
             union all
             select format('drop policy %I on public.audit_event', policyname)
               from pg_policies where schemaname = 'public' and tablename = 'audit_event'
             union all
             select format('alter publication %I drop table public.audit_event', p.pubname)
               from pg_publication_rel r join pg_publication p on p.oid = r.prpubid where r.prrelid = old
             union all
             select format('revoke all on public.audit_event from %s',
                           case when a.grantee = 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end)
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

revoke execute on function bridge.partition_obstacles(), bridge.grants_of(regclass), bridge.partition_events(bigint, integer)
  from public;

do $$
begin
  if bridge.event_storage() = 'table' and not exists (select from public.audit_event)
     and not exists (select from bridge.partition_obstacles()) then
    perform bridge.partition_events(1000000, 4);
  end if;
end $$;
