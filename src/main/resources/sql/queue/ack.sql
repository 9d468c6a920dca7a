-- Settles claimed rows, many in one statement, each with its own outcome. What belongs to an outcome is written with
-- it: the failed attempt, the dead letter, and the audit event of an action's end. A row that somebody else has locked
-- is passed by and returned as locked, so that it holds up no other; rows that are not returned had lost their lease.
-- Fenced by the lease token alone: with "and status = 'sent'" the planner may pick the small in-flight index and read
-- its dead entries.
with given as materialized (
  select * from jsonb_to_recordset(:acks::jsonb) as g(id bigint, token bigint, kind text, reason text, failure text, error text,
    delay_s float8, response_status integer, response_body text, duration_ms integer, payload text, key_id text)
), free as materialized (
  -- The list of ids is for a plan that was made while the table was empty, which would else walk all of it.
  select o.id from given g join ${table} o on o.id = g.id and o.lease_token = g.token
   where o.id = any(array(select id from given))
     for update of o skip locked
), settled as (
  update ${table} o
     set status          = case g.kind when 'DONE' then '${done}' when 'DEAD' then 'error' else 'queued' end,
         ${done_at}      = case when g.kind = 'DONE' then now() end,
         attempts        = o.attempts - case when g.kind in ('GIVE_BACK', 'RELEASE') then 1 else 0 end,
         last_error      = case g.kind when 'DONE' then null when 'RELEASE' then o.last_error else g.error end,
         next_attempt_at = case when g.kind in ('DONE', 'DEAD') then o.next_attempt_at
                                else now() + make_interval(secs => g.delay_s) end,
         waits           = case when o.ordering_key <> '' and g.kind in ('RETRY', 'GIVE_BACK') and g.delay_s > 0 then 1 else 0 end,
         unreported      = case when g.kind = 'RELEASE' then o.unreported else 0 end,
         response_status = case when g.kind = 'RELEASE' then o.response_status else g.response_status end,
         response_body   = case when g.kind = 'RELEASE' then o.response_body else g.response_body end,
         lease_token = null, lease_until = null, locked_by = null
    from given g
   where o.id = g.id and o.id = any(array(select id from free))
  returning o.id, o.target, o.ordering_key, o.attempts, o.correlation_id, o.hop, o.idempotency_key,
            o.traceparent, o.tracestate,
            ${subject} as subject, ${causation} as causation_id,
            g.kind, g.reason, g.failure, g.error, g.response_status, g.response_body, g.duration_ms, g.payload, g.key_id
), next as materialized (
  -- What was set aside behind a row that is gone: the lane's next one may be claimed.
  select n.id
    from (select distinct target, ordering_key from settled where kind in ('DONE', 'DEAD') and ordering_key <> '') ended
   cross join lateral (
     select n.id, n.waits from ${table} n
      where n.target = ended.target
        -- Two bounds instead of equality, which would let the planner walk the primary key, and instead of a comparison
        -- of rows, whose upper end does not stop the scan: it read the dead entries of all lanes behind.
        and n.ordering_key >= ended.ordering_key and n.ordering_key <= ended.ordering_key
        and n.status = 'queued' and n.ordering_key <> '' and n.next_attempt_at < 'infinity'
      order by n.ordering_key, n.id limit 1) n
   where n.waits = 2
), promoted as (
  update ${table} o set waits = 0
   where o.id = any(array(select o.id from ${table} o where o.id = any(array(select id from next)) for update skip locked))
), tried as (
  insert into bridge.attempt (queue, row_id, target, attempt, status, class, excerpt, duration_ms, correlation_id)
  select :queue, id, target, attempts + case when kind = 'GIVE_BACK' then 1 else 0 end, response_status,
         coalesce(failure, reason), left(coalesce(response_body, error), 2000), duration_ms, correlation_id
    from settled where kind in ('RETRY', 'DEAD', 'GIVE_BACK')
), dead as (
  insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, failure, error, response_status, response_body,
                                  payload, key_id, attempts, correlation_id)
  select :queue, id, target, ordering_key, reason,
         -- What expired, or ended without an outcome too often, has failed with what it failed with before.
         coalesce(failure, case when reason in ('expired', 'attempts_spent') then (
           select t.class from bridge.attempt t where t.queue = :queue and t.row_id = settled.id order by t.id desc limit 1) end),
         error, response_status, left(response_body, 2000),
         decode(payload, 'base64'), key_id, attempts, correlation_id
    from settled where kind = 'DEAD'
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload, correlation_id, causation_id, hop, meta)
  select 'bridge', case kind when 'DONE' then 'bridge.action.applied' else 'bridge.action.failed' end, id::text,
         jsonb_strip_nulls(jsonb_build_object('action', subject, 'target', target, 'attempts', attempts,
           'idempotency_key', idempotency_key, 'response_status', response_status,
           'reason', case when kind = 'DEAD' then reason end)),
         correlation_id, causation_id, hop,
         case when traceparent is not null
              then jsonb_strip_nulls(jsonb_build_object('traceparent', left(traceparent, 56), 'tracestate', left(tracestate, 513))) end
    from settled where ${audited} and kind in ('DONE', 'DEAD') order by id
)
select id, false as locked from settled
union all
select g.id, true from given g join ${table} o on o.id = g.id and o.lease_token = g.token
 where g.id not in (select id from free) and o.id = any(array(select id from given))
