-- The functions for partitions of public.audit_event are in R__8_partitions.sql and R__9_partitioning.sql; the second one
-- also gives a new installation its first ones. Older versions work with a partitioned table; by this file they know that
-- the schema is ahead of them.
do $$ begin end $$;
