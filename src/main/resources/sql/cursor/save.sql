-- Moves a subscriber's position onward, never back, unless restored events were noted since it was read.
update bridge.subscriber_position
   set xact = cast(:xact as xid8), id = :id, saved_at = now()
 where subscriber = :subscriber and restores = :restores and (xact, id) < (cast(:xact as xid8), :id)
