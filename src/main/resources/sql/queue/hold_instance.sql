-- Takes the lock by which others see that this instance lives. It is held as long as the connection.
select pg_try_advisory_lock(hashtextextended('bridge.instance.' || ?, 0))
