-- Says of a partition what is to become of it: removed, which the next pass goes on with, or kept.
comment on table ${partition} is '${mark}'
