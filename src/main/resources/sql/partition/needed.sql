-- Whether something needs an event of a partition, or it is none any more.
select coalesce((select bridge.events_needed(p.from_id, p.until_id) from bridge.event_partitions() p where p.name = ?), true)
