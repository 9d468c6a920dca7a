-- What keeps VACUUM from removing the dead row versions of a queue: transactions and prepared ones that are old
-- (? seconds), and replication slots that lag. Each claim reads past what they keep.
select who, seconds from (
  select 'pid ' || a.pid || ' (' || coalesce(nullif(a.application_name, ''), 'an unnamed application') || ', '
           || coalesce(a.state, 'unknown') || ')' as who,
         extract(epoch from now() - a.xact_start)::integer as seconds
    from pg_stat_activity a
   where a.datname = current_database() and a.pid <> pg_backend_pid()
     and a.backend_type = 'client backend' and (a.backend_xmin is not null or a.backend_xid is not null)
  union all
  select 'prepared transaction ' || gid, extract(epoch from now() - prepared)::integer
    from pg_prepared_xacts where database = current_database()
  union all
  select 'replication slot ' || slot_name, null
    from pg_replication_slots
   where greatest(age(xmin), age(catalog_xmin)) > 1000000) holder
 where seconds is null or seconds >= ?
 order by seconds desc nulls last
 limit 3
