-- Sets a subscriber's position, onward or back, unless restored events were noted since it was computed: whoever notes them
-- waits for this, or this finds them noted.
insert into bridge.subscriber_position as p (subscriber, restores, xact, id)
select s.id, o.restores, cast(:xact as xid8), cast(:id as bigint)
  from bridge.event_order o
  join bridge.subscriber s on s.id = :subscriber
 where o.restores = :restores
   for share of o
on conflict (subscriber) do update
   set restores = excluded.restores, xact = excluded.xact, id = excluded.id, saved_at = now()
