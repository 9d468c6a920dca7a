-- The first and the last event of a partition; null if there is none.
select min(id) as first_id, max(id) as last_id,
       (select to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from ${partition} e
         order by e.id desc limit 1) as last_at
  from ${partition}
