-- The last deliveries to a subscriber that were tried, also in vain while it did not answer, the newest first: those among
-- the last ten thousand of all subscribers, because finished ones are in no index of their subscriber.
with found as (
  select id, 'subscriber:' || id as target
    from bridge.subscriber where id = cast(:#id as bigint) or name = cast(:#name as text)
)
select json_build_object('ok', true, 'subscriber_id', f.id, 'deliveries', (
         select coalesce(json_agg(json_strip_nulls(json_build_object(
                  'id', d.id, 'event_id', d.event_id, 'event_type', e.event_type, 'status', d.status, 'attempts', d.attempts,
                  'response_status', d.response_status, 'last_error', d.last_error, 'delivered_at', d.delivered_at,
                  'next_attempt_at', case when d.status = 'queued' then nullif(d.next_attempt_at, 'infinity') end,
                  'replay_id', d.replay_id, 'correlation_id', d.correlation_id, 'created_at', d.created_at))
                order by d.id desc), '[]')
           from (select r.* from (select * from bridge.event_delivery order by id desc limit 10000) r
                  where r.target = f.target
                    and (r.attempts > 0 or r.status in ('delivered', 'error') or r.last_error is not null)
                  order by r.id desc limit 20) d
           left join public.audit_event e on e.id = d.event_id))::text as line
  from found f
