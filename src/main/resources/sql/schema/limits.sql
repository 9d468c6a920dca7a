-- Bounds every statement of a connection, in milliseconds: how long it waits for a lock, and how long it takes.
select set_config('lock_timeout', '${lock}', false), set_config('statement_timeout', '${statement}', false)
