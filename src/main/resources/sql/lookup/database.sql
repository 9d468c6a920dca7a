-- How large the database is, whether it takes writes, as lookup/health says it, and how many partitions of events are
-- empty.
select pg_database_size(current_database()) as bytes,
       case when current_setting('transaction_read_only') = 'off' then 1 else 0 end as writable,
       bridge.event_partitions_left() as partitions_left
