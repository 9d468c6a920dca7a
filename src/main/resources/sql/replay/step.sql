-- One step of one running replay: the next events that its rate allows, their deliveries, and how far it came. All or
-- nothing, so that a crash repeats no event and leaves none out. It takes any replay that is due, so that one whose
-- step fails does not hold up the others; a replay that another instance is stepping is left to it. The rate is one
-- second's worth at once and then that much every second, whichever instance steps it. A replay waits while the
-- subscriber that keeps up best has enough of it queued; one that takes nothing holds the others up only when very much
-- waits for it.
with job as materialized (
  select r.id, r.filter, r.subscribers, r.cursor, r.until_id, r.rate, r.correlation_id,
         greatest(r.next_at, now()) as paid_to,
         floor(extract(epoch from now() + interval '1 second' - greatest(r.next_at, now())) * r.rate)::integer as allowed
    from bridge.replay r
   where r.status = 'running' and r.next_at <= now() + make_interval(secs => 1 - greatest(1.0 / r.rate, 0.5))
   order by random() limit 1 for update skip locked
), ready as materialized (
  select s.id, s as subscriber, q.waiting
    from job
    join bridge.subscriber s on s.id = any (job.subscribers)
    left join bridge.target t on t.name = 'subscriber:' || s.id
   cross join lateral (
     select count(*) as waiting
       from (select from bridge.event_delivery d
              where d.replay_id = job.id and d.target = 'subscriber:' || s.id and d.status = 'queued' limit 50000) d) q
   where coalesce(t.state, 'running') <> 'disabled' and not (s.kind = 'realtime' and s.mode = 'trigger')
     and not bridge.reads_by_itself(s.kind, s.mode)
), room as materialized (
  select r.takers,
         case when r.takers = 0 or r.waiting >= 50000 then 0
              else greatest(0, least(job.allowed, greatest(1000, 10 * job.rate) - r.least)) end as events,
         least(10000, greatest(1000, 20 * job.allowed), 50000 / greatest(r.takers, 1)) as looks
    from job cross join (select count(*)::integer as takers, sum(waiting) as waiting, min(waiting)::integer as least from ready) r
), walked as materialized (
  select w.id, w.taken
    from job cross join room
   cross join lateral bridge.replay_walk(job.filter, job.cursor, job.until_id, room.looks) w
   where room.events > 0
), pair as materialized (
  select e.id, e.created_at, e.event_type, e.resource_id, e.correlation_id, e.hop, r.id as subscriber_id,
         dense_rank() over (order by e.id) as place
    from walked w
   cross join lateral (select * from public.audit_event one where one.id = w.id offset 0) e
   cross join ready r
   where w.taken
     and bridge.skip_reason(r.subscriber, e.event_type, e.source, e.meta, e.correlation_id, e.created_at, e.hop, e.payload)
           is null
), made as (
  insert into bridge.event_delivery (target, event_id, event_created_at, replay_id, ordering_key, idempotency_key, correlation_id, hop)
  select 'subscriber:' || p.subscriber_id, p.id, p.created_at, job.id,
         bridge.lane(p.event_type, p.resource_id), 'evt_' || p.id, p.correlation_id, p.hop
    from job cross join room join pair p on p.place <= room.events
   order by p.id, p.subscriber_id
  on conflict do nothing
  returning id
), came as materialized (
  select least(coalesce((select max(place) from pair), 0), room.events) as events,
         (select count(*) from made) as deliveries,
         case when room.events = 0 then job.cursor
              when (select max(place) from pair) > room.events
                then (select max(id) from pair where place <= room.events)
              when (select count(*) from walked) = room.looks then (select max(id) from walked)
              else job.until_id end as cursor
    from job cross join room
), stepped as (
  update bridge.replay r
     set cursor     = came.cursor,
         events     = r.events + came.events,
         deliveries = r.deliveries + came.deliveries,
         held_back  = room.takers > 0 and room.events = 0,
         next_at    = job.paid_to + case when room.events = 0 then interval '1 second'
                                         else make_interval(secs => came.events / r.rate::float8) end,
         status     = case when came.cursor >= r.until_id then 'done'
                           when room.takers > 0 then 'running'
                           when exists (select from bridge.subscriber s where s.id = any (job.subscribers)) then 'paused'
                           else 'cancelled' end,
         changed_by  = case when room.takers = 0 then 'bridge' else r.changed_by end,
         changed_why = case when room.takers = 0
                            then 'its subscribers are deleted, disabled, or have no deliveries: mode trigger or stream' else r.changed_why end,
         changed_at  = case when room.takers = 0 then now() else r.changed_at end,
         finished_at = case when came.cursor >= r.until_id
                              or room.takers = 0 and not exists (select from bridge.subscriber s where s.id = any (job.subscribers))
                            then now() end
    from job cross join room cross join came
   where r.id = job.id
  returning r.id, r.status, r.events, r.deliveries, r.changed_why, r.correlation_id
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload, correlation_id)
  select 'bridge', 'bridge.replay.' || case status when 'done' then 'finished' else status end, cast(id as text),
         jsonb_strip_nulls(jsonb_build_object('by', 'bridge', 'why', case when status <> 'done' then changed_why end,
                                              'events', events, 'deliveries', deliveries)),
         correlation_id
    from stepped where status <> 'running'
)
select cast(:#steps as integer) - 1 as steps, exists (select from job) and :#steps > 1 as more
