-- The same without the server, for users who may not call pg_control_system(): a copy on another server may go
-- unnoticed.
select datname as database, oid::text as number, null as server from pg_database where datname = current_database()
