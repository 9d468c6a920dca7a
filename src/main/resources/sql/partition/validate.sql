-- Looks whether the rows that are there keep the promise.
alter table public.audit_event validate constraint audit_event_bound
