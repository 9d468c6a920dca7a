-- Moves a subscriber's position onward, never back, unless it was moved, or restored events were noted, since it was read.
-- Never beyond what could be read, either: a client may have made it up.
update bridge.subscriber_position
   set xact = cast(:xact as xid8), id = :id, saved_at = now()
 where subscriber = :subscriber and restores = :restores and moves = :moves and (xact, id) < (cast(:xact as xid8), :id)
   and cast(:xact as xid8) < pg_snapshot_xmin(pg_current_snapshot())
