-- The events that existing keys belong to. A statement of its own, because store_events cannot see rows that were
-- committed after it began.
select source, event_id, encode(body_sha256, 'hex') as body_sha256, audit_event_id, correlation_id
  from bridge.event_key
  join unnest(?::text[], ?::text[]) as wanted (source, event_id) using (source, event_id)
