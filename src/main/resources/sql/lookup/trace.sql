-- Everything under one correlation id, in the order it happened, after what caused it. Attempts are found through their
-- rows; each event has what became of it for every subscriber. A causation id names another correlation id, or an event
-- by its number. Where all have one transaction's time, "place" puts a cause before its effect and what the bridge
-- reports about it last. Materialized, so that each part uses its index.
with events as materialized (
  select * from bridge.event_line where correlation_id = cast(:#correlation_id as uuid)
   order by id limit 1000),
actions as materialized (
  select * from bridge.action_line where correlation_id = cast(:#correlation_id as uuid)
   order by id limit 1000),
deliveries as materialized (
  select d.*, (select s.name from bridge.subscriber s where 'subscriber:' || s.id = d.target) as subscriber
    from bridge.event_delivery d where d.correlation_id = cast(:#correlation_id as uuid)
   order by d.id limit 1000),
causes as materialized (
  select distinct causation_id,
         case when causation_id ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then causation_id::uuid end as correlation_id,
         case when causation_id ~ '^(evt_)?[0-9]{1,18}$' then replace(causation_id, 'evt_', '')::bigint end as event_id
    from (select causation_id from events union all select causation_id from actions) named
   where causation_id <> cast(:#correlation_id as text)
   limit 20),
story as (
  select 'event' as what, case source when 'bridge' then 6 else 1 end as place, id, created_at as at,
         'stored' as status, line::json as row
    from events
  union all
  select 'action', 2, id, created_at, status, line::json from actions
  union all
  select 'delivery', 3, id, created_at, status,
         json_build_object('id', id, 'target', target, 'subscriber', subscriber, 'event_id', event_id, 'status', status,
                           'attempts', attempts, 'delivered_at', delivered_at, 'response_status', response_status,
                           'last_error', last_error, 'replay_id', replay_id)
    from deliveries
  union all
  (select 'attempt', 4, t.id, t.at, t.class,
          json_build_object('id', t.id, 'queue', t.queue, 'row_id', t.row_id, 'target', t.target,
                            'subscriber', queued.subscriber, 'attempt', t.attempt, 'response_status', t.status, 'class', t.class,
                            'excerpt', t.excerpt, 'duration_ms', t.duration_ms)
     from (select 'odoo-actions' as queue, id, null as subscriber from actions
           union all select 'event-deliveries', id, subscriber from deliveries) queued
     join bridge.attempt t on t.queue = queued.queue and t.row_id = queued.id
    order by t.id limit 1000)
  union all
  (select 'dead_letter', 5, d.id, d.created_at, coalesce(d.resolution, 'open'),
          json_build_object('id', d.id, 'queue', d.queue, 'row_id', d.row_id, 'target', d.target,
                            'reason', d.reason, 'failure', d.failure, 'fault', d.fault, 'error', d.error,
                            'response_status', d.response_status, 'attempts', d.attempts, 'resolution', d.resolution,
                            'resolved_by', d.resolved_by, 'resolved_why', d.resolved_why, 'resolved_at', d.resolved_at)
     from bridge.dead_letter d where d.correlation_id = cast(:#correlation_id as uuid)
    order by d.id limit 1000)
  union all
  (select 'event', 0, e.id, e.created_at, 'stored', e.line::json
     from causes c join bridge.event_line e on e.correlation_id = c.correlation_id order by e.id limit 100)
  union all
  (select 'action', 0, a.id, a.created_at, a.status, a.line::json
     from causes c join bridge.action_line a on a.correlation_id = c.correlation_id order by a.id limit 100)
  union all
  select 'event', 0, e.id, e.created_at, 'stored', e.line::json
    from causes c join bridge.event_line e on e.id = c.event_id)
select cause, line, more
  from (select place = 0 as cause, at, place, id, line,
               lead(id) over story_order is not null as more, row_number() over story_order as n,
               sum(octet_length(line)) over story_order as bytes
          from (select place, at, id,
                       case when what = 'event'
                            then json_build_object('at', at, 'what', what, 'id', id, 'status', status, 'answers', (
                                   select coalesce(json_agg(json_build_object('subscriber', coalesce(x.subscriber, x.target),
                                            'replay_id', x.replay_id, 'state', x.state, 'why', x.why,
                                            'changed_by', x.changed_by, 'since', x.since)), '[]')
                                     from bridge.explain(bounded.id, make_interval(secs => :#kept)) x), 'row', row)
                            else json_build_object('at', at, 'what', what, 'id', id, 'status', status, 'row', row) end::text as line
                  from (select * from story order by place = 0 desc, at, place, id limit 1001) bounded) shown
        window story_order as (order by place = 0 desc, at, place, id)) sized
 where n <= 1000 and (bytes <= 16777216 or n = 1)
 order by cause desc, at, place, id
