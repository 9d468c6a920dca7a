-- Whether this user may delete events, as the table's owner may, and the table is one: partitions are dropped instead. If
-- not, the steps over them are skipped.
select has_table_privilege('public.audit_event', 'delete') and relkind = 'r' as allowed
  from pg_class where oid = 'public.audit_event'::regclass
