-- The row as JSON text: what the database knows exactly stays exact.
select line from bridge.event_line where id = :#id
