-- How far a subscriber has come.
select restores, cast(xact as text) as xact, id from bridge.subscriber_position where subscriber = :subscriber
