-- The id of the subscriber with this name.
select id from bridge.subscriber where name = :name
