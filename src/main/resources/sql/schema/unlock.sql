-- Before the session goes back to a pool.
select pg_advisory_unlock(hashtextextended('odoo-supabase-bridge migrations', 0))
