-- Statistics of the whole, which autovacuum does not take of a partitioned table.
analyze public.audit_event
