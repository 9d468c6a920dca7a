-- Deletes the events of a partition that has been detached.
drop table if exists ${partition}
