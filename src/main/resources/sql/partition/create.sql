-- A table that can become a partition.
create table bridge.${partition} (like public.audit_event including defaults including constraints including storage
  including compression)
