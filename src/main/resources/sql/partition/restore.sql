-- Stores an event of an archive again. Into the partition itself, whose inserts make no deliveries.
insert into bridge.${partition} select e.* from json_populate_record(null::public.audit_event, cast(? as json)) e
