-- What may need a person, as far as the database shows it: a row for each condition that holds. Every part looks up an
-- index for each target, and reads at most 1,000 rows there for the due ones and 10,000 entries for what it counts. Each
-- order is that of its index, lest the planner read the table.
with recursive party as materialized (
  select t.name as target, 'odoo-actions' as queue, initcap(t.name) as name, t.name as page
    from bridge.target t where t.name not like 'subscriber:%'
  union all
  select 'subscriber:' || s.id, 'event-deliveries', s.name, s.name from bridge.subscriber s
), stop as materialized (
  select target, state, reason, changed_by, since, held_by from bridge.target_stop
), letter as (
  -- The targets that have dead letters, one step of the index for each.
  (select l.queue, l.target from bridge.dead_letter l where l.resolution is null order by l.queue, l.target limit 1)
  union all
  select n.queue, n.target
    from letter l
   cross join lateral (
     select d.queue, d.target from bridge.dead_letter d
      where d.resolution is null and (d.queue, d.target) > (l.queue, l.target)
      order by d.queue, d.target limit 1) n
), beat as materialized (
  -- Pings that no event of Odoo has answered for too long: those since the last answer, of the last hundred.
  select min(p.created_at) as since, bool_or(p.status = 'applied') as applied
    from (select a.created_at, a.status from public.odoo_action_outbox a
           where a.action collate "C" = 'bridge.ping' and a.idempotency_key like 'heartbeat-%'
           order by a.id desc limit 100) p
   where cast(:#heartbeat_s as float8) > 0
     and p.created_at > coalesce((select e.created_at from public.audit_event e
                                   where e.event_type collate "C" = 'bridge.heartbeat' order by e.id desc limit 1),
                                 '-infinity')
     and p.created_at < now() - make_interval(secs => cast(:#absent_s as float8))
)
-- Dead letters of alerts do not count: to report them would make more of them, for ever.
select 'dead_letters' as kind, l.target as subject, coalesce(p.name, l.target) as name, oldest.created_at as since,
       counted.rows as count, null::text as detail, null::text as by
  from letter l
  left join party p on p.target = l.target
 cross join lateral (
   select count(*) as rows from (
     select from bridge.dead_letter d
      where d.resolution is null and d.queue = l.queue and d.target = l.target
        and not starts_with(d.ordering_key, 'bridge.alert:')
      order by d.queue, d.target, d.ordering_key limit 10000) counting) counted
 cross join lateral (
   select d.created_at from bridge.dead_letter d
    where d.resolution is null and d.target = l.target order by d.target, d.id limit 1) oldest
 where counted.rows > 0
union all
select 'actions_held', 'odoo', 'Odoo', oldest.created_at, counted.rows, null, null
  from (select count(*) as rows from (
          select from public.odoo_action_outbox a
           where a.status = 'queued' and a.next_attempt_at = 'infinity' limit 10000) counting) counted
 cross join lateral (
   select a.created_at from public.odoo_action_outbox a
    where a.status = 'queued' and a.next_attempt_at = 'infinity' order by a.id limit 1) oldest
union all
select 'target_' || s.state, s.target, coalesce(p.name, s.target), s.since, null, s.reason, coalesce(s.changed_by, 'the bridge')
  from stop s
  join party p on p.target = s.target
 where s.held_by is null
union all
select 'rows_late', p.target, p.name, due.at, null, null, null
  from bridge.target_due due
  join party p on p.target = due.target
 where due.at < now() - make_interval(secs => cast(:#late_s as float8))
union all
-- The first event behind the position of a publisher, matching or not: a publisher that works passes it at once.
select 'stream_late', p.target, p.name, next.created_at, null, null, null
  from bridge.subscriber u
  join bridge.subscriber_position m on m.subscriber = u.id
  join party p on p.target = 'subscriber:' || u.id
  left join stop s on s.target = p.target
 cross join lateral (
   select e.created_at
     from bridge.events_after(m.xact, m.id, 1, false) a
    cross join lateral (select one.created_at from public.audit_event one where one.id = a.id offset 0) e) next
 where u.mode = 'stream' and s.target is null
   and next.created_at < now() - make_interval(secs => cast(:#late_s as float8))
union all
-- Also of one that is stopped: its events are deleted all the same.
select 'pull_late', p.target, p.name, next.created_at, null, null, null
  from bridge.subscriber u
  join bridge.subscriber_position m on m.subscriber = u.id
  join party p on p.target = 'subscriber:' || u.id
 cross join lateral (
   select e.created_at
     from bridge.events_after(m.xact, m.id, 1, false) a
    cross join lateral (select one.created_at from public.audit_event one where one.id = a.id offset 0) e) next
 where u.kind = 'pull' and next.created_at < now() - make_interval(secs => cast(:#pull_late_s as float8))
union all
select 'heartbeat_absent', 'odoo', 'Odoo', beat.since, null, case when beat.applied then 'applied' end, null
  from beat
 where beat.since is not null and not exists (select from stop s where s.target = 'odoo')
union all
-- Four or more are made ahead.
select 'partitions_few', 'audit_event', 'The table of events', now(), few.empty, null, null
  from bridge.event_partitions_left() few(empty)
 where few.empty < 2
union all
-- For the comparison with the clock of the instance that asks.
select 'clock', 'database', 'The database', clock_timestamp(), null, null, null
