-- Claims due rows of one target that have no lane, up to :room of weight; claim.sql without everything that is about lanes.
with plain as materialized (
  select o.id, o.next_attempt_at, ${weight} as weight from ${table} o
   where o.target = :target and o.status = 'queued' and o.ordering_key = '' and o.next_attempt_at <= now()
     -- Without its key, which the rescuer adds, a row could be applied twice.
     and o.idempotency_key is not null
   order by o.next_attempt_at, o.id limit :room
   for update skip locked
), picked as materialized (
  select id from (select id, sum(weight) over (order by next_attempt_at, id) as sum from plain) heaped
   where sum <= :room
)
update ${table} o
   set status = 'sent', attempts = o.attempts + 1, waits = 0, locked_by = :instance,
       lease_token = nextval('bridge.lease_token'), lease_until = now() + make_interval(secs => :lease)
 where o.id = any(array(select id from picked))
returning o.id, o.lease_token, o.target, o.ordering_key, o.idempotency_key, o.attempts, o.max_attempts, o.unreported,
          o.correlation_id, o.hop, left(o.traceparent, 56) as traceparent, left(o.tracestate, 513) as tracestate,
          ${replay} as replay_id, o.created_at, coalesce(o.not_after < now(), false) as expired,
          ${weight} < :most as shares,
          -- A large payload is fetched when the row starts, so that rows in memory are small.
          case when :with_payload then
            (select case when octet_length(p.text) <= 16384 then p.text end
               from (select (${payload})::text as text offset 0) p) end as payload,
          cast(null as text) as scanned, cast(0 as bigint) as until
