-- Makes the table the first partition of a new one in its place, all or nothing.
select bridge.partition_events(?, ?)
