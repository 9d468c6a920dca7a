-- Deletes old counts of refused requests; there are at most a few hundred an hour.
with gone as (
  delete from bridge.refusal_count where hour < now() - make_interval(secs => :#finished) returning 1
)
select count(*) as deleted from gone
