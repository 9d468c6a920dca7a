-- The newest dead letter: a bulk act goes no further, so that letters written meanwhile are not part of it.
select coalesce(max(id), 0) from bridge.dead_letter
