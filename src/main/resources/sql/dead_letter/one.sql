-- One dead letter with its payload, as stored: it may be encrypted.
select line, payload, key_id from bridge.dead_letter_line where id = :#id
