-- Moves the position on to what is acknowledged, and holds the stream for longer; no row if another instance has it now, or
-- restored events were noted since the position was read.
with held as (
  update bridge.stream_lease l
     set lease_until = now() + make_interval(secs => :lease_s)
   where l.subscriber = :subscriber and l.token = :token
  returning l.subscriber
)
update bridge.subscriber_position p
   set xact = cast(:xact as xid8), id = :id, saved_at = now()
  from held
 where p.subscriber = held.subscriber and p.restores = :restores
returning not exists (select from bridge.target_stop t where t.target = 'subscriber:' || p.subscriber) as running
