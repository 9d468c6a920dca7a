-- One event as JSON text: numbers stay as exact as the database has them.
select line from bridge.event_line where id = :#id
