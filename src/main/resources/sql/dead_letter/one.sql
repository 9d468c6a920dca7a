select line, payload, key_id from bridge.dead_letter_line where id = :#id
