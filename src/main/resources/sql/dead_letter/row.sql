select queue, row_id from bridge.dead_letter where id = :id
