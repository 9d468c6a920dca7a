-- How far each stream is behind: how many events are behind its position, up to ten thousand, matching or not, and when
-- the first of them was stored. Those that wait for an older transaction to end are counted, too.
select s.name, ahead.events, first.created_at as oldest
  from bridge.subscriber s
  join bridge.subscriber_position p on p.subscriber = s.id
 cross join lateral (
   select count(*) as events, (array_agg(a.id order by a.xact, a.id))[1] as id
     from bridge.events_after(p.xact, p.id, 10000, false) a) ahead
  left join lateral (select e.created_at from public.audit_event e where e.id = ahead.id) first on true
 where s.mode = 'stream'
 order by s.id
