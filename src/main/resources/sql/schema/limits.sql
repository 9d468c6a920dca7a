-- Bounds every statement of a connection, in milliseconds: how long it waits for a lock, and how long it takes. And says
-- that the numbers it stores were looked at when they were parsed.
select set_config('lock_timeout', '${lock}', false), set_config('statement_timeout', '${statement}', false),
       set_config('bridge.numbers_checked', 'on', false), set_config('jit', 'off', false)
