-- How far a subscriber has come, and how often it was moved.
select restores, cast(xact as text) as xact, id, moves from bridge.subscriber_position where subscriber = :subscriber
