-- Who this connection is, and what kind of server it reached.
select current_user as who,
       current_setting('server_version_num')::integer / 10000 as version,
       extract(epoch from clock_timestamp())::double precision as clock,
       pg_is_in_recovery() as replica,
       current_setting('transaction_read_only') = 'on' as read_only,
       coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as tls,
       pg_size_pretty(pg_database_size(current_database())) as size
