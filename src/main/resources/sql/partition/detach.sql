-- Takes a partition out while events come in. No other statement may be in its transaction.
alter table public.audit_event detach partition ${partition} concurrently
