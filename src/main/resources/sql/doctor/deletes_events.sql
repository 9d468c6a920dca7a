-- Whether this user may delete old events, as the table's owner may.
select has_table_privilege('public.audit_event', 'delete')
