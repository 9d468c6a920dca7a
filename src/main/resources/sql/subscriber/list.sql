select line from bridge.subscriber_line order by name
