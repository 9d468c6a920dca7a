-- The targets to which nothing is sent, a sentence each.
select target || coalesce(' (' || s.name || ')', '') || ' is ' || state || coalesce(' with ' || held_by, '')
       || coalesce(' by ' || changed_by, '') || ' since ' || to_char(since at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')
       || ' UTC' || coalesce(': ' || reason, '')
  from bridge.target_stop
  left join bridge.subscriber s on 'subscriber:' || s.id = target
 order by target
