-- One bridge at a time looks at the history and migrates; the lock ends with the session.
select pg_try_advisory_lock(hashtextextended('odoo-supabase-bridge migrations', 0))
