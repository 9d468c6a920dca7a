-- Whether a partition is neither detached nor being detached.
select exists (select from bridge.event_partitions() p where p.name = ? and not p.detaching)
