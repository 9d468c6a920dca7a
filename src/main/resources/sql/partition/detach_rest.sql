-- Ends a detachment that was begun.
alter table public.audit_event detach partition ${partition} finalize
