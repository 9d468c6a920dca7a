-- Queues an action, one row for each idempotency key: a repeated key returns its first row. DO NOTHING, because DO
-- UPDATE would wait for the lock on that row, an applied one included. A row that another transaction has just
-- written is not in this statement's snapshot: bridge.queued_action takes one of its own.
-- It has 13 parameters, as the route says; so have routes of earlier versions, which somebody may return to.
with given as materialized (
  select cast(:#action as text) as action, cast(:#args as jsonb) as args
), queued as (
  insert into public.odoo_action_outbox as row
    (action, args, correlation_id, idempotency_key, ordering_key, not_after, max_attempts, causation_id, hop, envelope,
     traceparent, tracestate)
  select given.action, given.args, cast(:#correlation_id as uuid), cast(:#idempotency_key as text),
         cast(:#ordering_key as text), cast(:#not_after as timestamptz), cast(:#max_attempts as integer),
         cast(:#causation_id as text), cast(:#hop as smallint), cast(:#envelope as jsonb),
         cast(:#traceparent as text), cast(:#tracestate as text)
    from given
  on conflict (idempotency_key) do nothing
  returning row.id, row.correlation_id
)
select id, correlation_id::text as correlation_id, true as same from queued
union all
select row.id, row.correlation_id::text, row.action = given.action and row.args = given.args
  from (select count(*) as rows from queued) inserted
 cross join given
 cross join lateral bridge.queued_action(cast(:#idempotency_key as text)) row
 where inserted.rows = 0
