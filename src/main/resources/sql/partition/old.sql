-- The partitions whose events are all older than so many seconds and that nothing needs, where this user owns the table.
select o.name
  from bridge.event_storage() kept(how)
 cross join lateral bridge.old_event_partitions(make_interval(secs => ?)) o(name)
 where kept.how = 'partitions'
   and (select pg_has_role(c.relowner, 'usage') from pg_class c where c.oid = 'public.audit_event'::regclass)
