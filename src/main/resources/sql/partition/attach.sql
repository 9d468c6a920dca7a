-- Makes a table the partition of these ids.
alter table public.audit_event attach partition bridge.${partition} for values from (${from}) to (${until})
