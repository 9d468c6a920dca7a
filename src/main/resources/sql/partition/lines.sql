-- The next events of a partition with all columns, one JSON object each.
select e.id, row_to_json(e)::text as line from bridge.${partition} e where e.id > ? order by e.id limit ?
