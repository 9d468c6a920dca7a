select coalesce(max(id), 0) from bridge.dead_letter
