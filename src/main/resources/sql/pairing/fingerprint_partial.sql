-- The same where pg_control_system() is denied: a copy in another server may go unnoticed.
select datname as database, oid::text as number, null as server from pg_database where datname = current_database()
