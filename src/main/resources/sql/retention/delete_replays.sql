-- Deletes ended replays when the last of their deliveries is gone, which refer to them until then. There are few, so
-- all are looked at.
with gone as (
  delete from bridge.replay r
   where r.status in ('done', 'cancelled')
     and r.finished_at < now() - make_interval(secs => :#finished)
     and not exists (select from bridge.event_delivery d where d.replay_id = r.id)
)
select 0 as after, 0 as steps, false as more
