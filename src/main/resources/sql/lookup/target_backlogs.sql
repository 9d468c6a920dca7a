-- What is open for each target, and for how long its oldest due row has been due, in seconds: of the hundred targets with
-- the oldest ones. A stopped target has none that is due.
select l.target, coalesce(shown.line ->> 'subscriber', '') as subscriber, cast(shown.line ->> 'open' as float8) as open,
       cast(coalesce(extract(epoch from now() - due.at), 0) as float8) as oldest_due
  from bridge.target_line l
 cross join lateral (select l.line::json as line offset 0) shown
  left join bridge.target_due due on due.target = l.target
 order by due.at, open desc, l.place
 limit 100
