-- The row of a queue that a dead letter is about.
select queue, row_id from bridge.dead_letter where id = :id
