-- Queues an action, one row for each idempotency key: a repeated key returns its first row. DO UPDATE rather than DO
-- NOTHING, because only that returns a row that another transaction has just written; setting the key to itself changes
-- nothing.
insert into public.odoo_action_outbox as row
  (action, args, correlation_id, idempotency_key, ordering_key, not_after, max_attempts, causation_id, hop, envelope)
values
  (:#action, cast(:#args as jsonb), cast(:#correlation_id as uuid), cast(:#idempotency_key as text),
   cast(:#ordering_key as text), cast(:#not_after as timestamptz), cast(:#max_attempts as integer),
   cast(:#causation_id as text), cast(:#hop as smallint), cast(:#envelope as jsonb))
on conflict (idempotency_key) do update set idempotency_key = excluded.idempotency_key
returning row.id, row.correlation_id::text as correlation_id,
  row.action = cast(:#action as text) and row.args = cast(:#args as jsonb) as same
