-- Gives a stream back, for any instance to take after a pause.
update bridge.stream_lease
   set held_by = null, lease_until = now() + make_interval(secs => :pause_s)
 where subscriber = :subscriber and token = :token
