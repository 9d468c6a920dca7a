-- How many events a partition has from one id on and before another.
select count(*) from ${partition} where id >= ? and id < ?
