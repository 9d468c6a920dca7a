-- Takes back what was said of a partition that stays after all.
comment on table ${partition} is null
