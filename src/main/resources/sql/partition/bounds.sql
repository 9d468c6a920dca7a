-- The ids that a partition may have.
select p.from_id, p.until_id from bridge.event_partitions() p where p.name::regclass = ('bridge.' || ?)::regclass
