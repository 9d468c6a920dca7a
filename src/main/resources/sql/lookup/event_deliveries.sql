-- What became of one event, subscriber by subscriber. Deliveries made by replays are listed under their subscriber.
with answer as materialized (
  select * from bridge.explain(:#id, make_interval(secs => :#kept)))
select json_build_object('ok', true, 'event_id', e.id, 'event_type', e.event_type, 'created_at', e.created_at,
         'correlation_id', e.correlation_id,
         'answers', (select coalesce(json_agg(json_strip_nulls(json_build_object(
                              'subscriber_id', a.subscriber_id, 'subscriber', a.subscriber, 'kind', a.kind, 'target', a.target,
                              'deleted', nullif(a.deleted, false), 'state', a.state, 'reason', a.reason, 'why', a.why,
                              'delivery_id', a.delivery_id, 'attempts', a.attempts, 'next_attempt_at', a.next_attempt_at,
                              'last_error', a.last_error, 'response_status', a.response_status, 'delivered_at', a.delivered_at,
                              'changed_by', a.changed_by, 'since', a.since, 'dead_letter_id', a.dead_letter_id,
                              'fault', a.fault, 'resolution', a.resolution, 'replays', (
                                select json_agg(json_strip_nulls(json_build_object(
                                         'replay_id', r.replay_id, 'state', r.state, 'reason', r.reason, 'why', r.why,
                                         'delivery_id', r.delivery_id, 'attempts', r.attempts,
                                         'next_attempt_at', r.next_attempt_at, 'last_error', r.last_error,
                                         'response_status', r.response_status, 'delivered_at', r.delivered_at,
                                         'changed_by', r.changed_by, 'since', r.since, 'dead_letter_id', r.dead_letter_id,
                                         'fault', r.fault, 'resolution', r.resolution)) order by r.replay_id)
                                  from answer r where r.target = a.target and r.replay_id is not null)))
                            order by a.subscriber_id, a.target), '[]')
                       from answer a where a.replay_id is null))::text as line
  from public.audit_event e
 where e.id = :#id
