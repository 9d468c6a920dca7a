-- Sizes with indexes. The count of events is the planner's estimate, which costs nothing.
with events as (
  select 'public.audit_event'::regclass::oid as oid
  union all
  select inhrelid from pg_inherits where inhparent = 'public.audit_event'::regclass
)
select coalesce(sum(pg_total_relation_size(c.oid)), 0) as bytes,
       pg_database_size(current_database()) as used,
       coalesce(sum(greatest(c.reltuples, 0)) filter (where c.relkind = 'r' and c.oid in (select oid from events)), 0)::bigint
         as events,
       (select count(*) from public.audit_event where created_at >= now() - interval '1 day') as per_day
  from pg_class c
 where c.oid in (select oid from events union all
                 select unnest(array['bridge.event_key'::regclass, 'bridge.event_delivery'::regclass]))
