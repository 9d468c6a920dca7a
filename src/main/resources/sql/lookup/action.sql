-- One action as JSON text: numbers stay as exact as the database has them.
select line from bridge.action_line where id = :#id
