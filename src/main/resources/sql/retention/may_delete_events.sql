-- Whether this user may delete events, as the table's owner may; if not, the steps over them are skipped.
select has_table_privilege('public.audit_event', 'delete') as allowed
