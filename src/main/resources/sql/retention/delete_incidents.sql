-- Deletes incidents that were closed long ago; their events stay as long as events do.
with gone as (
  delete from bridge.incident where closed_at < now() - make_interval(secs => :#finished) returning 1
)
select count(*) as deleted from gone
