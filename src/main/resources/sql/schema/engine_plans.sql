-- How the statements of the queues are planned in a session. Planning a claim takes longer than running it, and its plan
-- depends on none of its parameters, so that it is made once. It then stays until the table is analysed: one that was
-- made while the table was small must not read all of it later, and starting workers for a few rows costs more than they do.
select set_config('plan_cache_mode', 'force_generic_plan', false), set_config('enable_seqscan', 'off', false),
       set_config('max_parallel_workers_per_gather', '0', false)
