-- Makes what is missing of the partitions ahead.
select bridge.make_event_partitions(?, ?)
