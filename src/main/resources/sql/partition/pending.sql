-- Whether a partition is still being detached.
select exists (select from bridge.event_partitions() p where p.name = ? and p.detaching)
