-- Holds a stream for longer; no row if another instance has it now.
update bridge.stream_lease l
   set lease_until = now() + make_interval(secs => :lease_s)
 where l.subscriber = :subscriber and l.token = :token
returning not exists (select from bridge.target_stop t where t.target = 'subscriber:' || l.subscriber) as running
