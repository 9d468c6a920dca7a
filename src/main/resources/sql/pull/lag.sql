-- How old the first event behind the position of each pull subscriber is, matching or not, in seconds: of the hundred
-- that are furthest behind.
select s.name, cast(coalesce(greatest(extract(epoch from now() - next.created_at), 0), 0) as float8) as age
  from bridge.subscriber s
  join bridge.subscriber_position p on p.subscriber = s.id
  left join lateral (
    select e.created_at
      from bridge.events_after(p.xact, p.id, 1, false) a
     cross join lateral (select one.created_at from public.audit_event one where one.id = a.id offset 0) e) next on true
 where s.kind = 'pull'
 order by age desc, s.id
 limit 100
