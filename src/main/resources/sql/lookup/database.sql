-- How large the database is, and whether it takes writes; the second is that of lookup/health.
select pg_database_size(current_database()) as bytes,
       case when current_setting('transaction_read_only') = 'off' then 1 else 0 end as writable
