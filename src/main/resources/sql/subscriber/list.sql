-- All subscribers by name, each with its state and what waits for it.
select line from bridge.subscriber_line order by name
