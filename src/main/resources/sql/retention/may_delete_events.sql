-- Whether this user may delete events, as the table's owner may: it is "more", so that the steps are skipped if not.
select cast(:#after as bigint) as after, cast(:#steps as integer) as steps,
       has_table_privilege('public.audit_event', 'delete') as more
