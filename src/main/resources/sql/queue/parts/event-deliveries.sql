-- What makes the statements in sql/queue those of the queue event-deliveries: each part stands for ${its name} there. "o" is
-- the queue's row, which the trigger bridge.fan_out or a replay has made.

-- ${table}
bridge.event_delivery
-- ${noun} in the types of audit events
delivery
-- ${done} is the status of a row that is finished
delivered
-- ${done_at}
delivered_at
-- ${subject}
null::text
-- ${causation}
null::text
-- ${replay}
o.replay_id
-- ${audited}: whether the end of a row is an audit event
false
-- ${weight}: deliveries never share a call
:most
-- ${payload}; null where a number must not be written out
select case when not (bridge.has_overlong_number(e.payload) or bridge.has_overlong_number(e.meta)) then bridge.event_message(e, (select s.fields from bridge.subscriber s where s.id = bridge.subscriber_of(o.target))) end from public.audit_event e where e.id = o.event_id and e.created_at = o.event_created_at
