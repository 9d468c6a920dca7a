-- The streams, and how far each has come.
select s.name, p.restores, cast(p.xact as text) as xact, p.id
  from bridge.subscriber s
  join bridge.subscriber_position p on p.subscriber = s.id
 where s.mode = 'stream'
 order by s.id
