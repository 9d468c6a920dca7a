-- Queues an action, one row for each idempotency key: a repeated key returns its first row. DO NOTHING, because DO
-- UPDATE would wait for whoever has locked that row, an applied one included. A row that another transaction has just
-- written is not in this statement's snapshot: bridge.queued_action takes one of its own.
with queued as (
  insert into public.odoo_action_outbox as row
    (action, args, correlation_id, idempotency_key, ordering_key, not_after, max_attempts, causation_id, hop, envelope,
     traceparent, tracestate)
  values
    (:#action, cast(:#args as jsonb), cast(:#correlation_id as uuid), cast(:#idempotency_key as text),
     cast(:#ordering_key as text), cast(:#not_after as timestamptz), cast(:#max_attempts as integer),
     cast(:#causation_id as text), cast(:#hop as smallint), cast(:#envelope as jsonb),
     cast(:#traceparent as text), cast(:#tracestate as text))
  on conflict (idempotency_key) do nothing
  returning row.id, row.correlation_id
)
select id, correlation_id::text as correlation_id, true as same from queued
union all
select row.id, row.correlation_id::text, row.action = cast(:#action as text) and row.args = cast(:#args as jsonb)
  from (select count(*) as rows from queued) inserted
 cross join lateral bridge.queued_action(cast(:#idempotency_key as text)) row
 where inserted.rows = 0
