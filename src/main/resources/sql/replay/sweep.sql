-- Removes what comes back to the queue of a cancelled replay, because it was in flight or just being made. What an
-- operator has requeued since is no longer part of the replay.
with stray as materialized (
  select d.id, d.replay_id
    from bridge.replay r
    join bridge.event_delivery d on d.replay_id = r.id and d.status = 'queued'
   where r.status = 'cancelled'
     and not exists (select from bridge.dead_letter l
                      where l.queue = 'event-deliveries' and l.row_id = d.id and l.resolution = 'requeued')
   limit 10000 for update of d skip locked
), removed as (
  delete from bridge.event_delivery d using stray where d.id = stray.id returning d.replay_id
), counted as (
  update bridge.replay r set cancelled = r.cancelled + c.n
    from (select replay_id, count(*) as n from removed group by replay_id) c where r.id = c.replay_id
)
select count(*) as removed from removed
