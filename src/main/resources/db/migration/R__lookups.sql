-- What look-ups show of a row: one JSON text a row, columns in this order, numbers as they are stored.
-- With the rights of who asks.
drop view if exists bridge.event_line;
create view bridge.event_line with (security_invoker = true) as
select e.id, e.source, e.event_type, e.resource_id, e.correlation_id, e.causation_id, e.created_at,
       row_to_json(shown)::text as line
  from public.audit_event e
 cross join lateral (
   select e.id, e.source, e.event_type, e.resource_id, e.payload, e.correlation_id, e.created_at,
          e.occurred_at, e.origin, e.origin_seq, e.causation_id, e.hop, e.meta) shown;

-- A held row has no next attempt; the lease's token is nobody's business.
drop view if exists bridge.action_line;
create view bridge.action_line with (security_invoker = true) as
select a.id, a.action, a.status, a.target, a.ordering_key, a.correlation_id, a.causation_id, a.created_at,
       row_to_json(shown)::text as line
  from public.odoo_action_outbox a
 cross join lateral (
   select a.id, a.action, a.args, a.status, a.last_error, a.correlation_id, a.created_at, a.applied_at,
          a.target, a.ordering_key, a.idempotency_key, a.attempts, a.max_attempts,
          case when a.status = 'queued' then nullif(a.next_attempt_at, 'infinity') end as next_attempt_at,
          a.status = 'queued' and a.next_attempt_at = 'infinity' as held,
          nullif(a.not_after, 'infinity') as not_after, a.lease_until, a.locked_by, a.response_status, a.response_body,
          a.causation_id, a.hop, a.envelope) shown;

-- Who follows the table looks at its newest seconds for gaps in the ids.
create index if not exists odoo_action_outbox_created on public.odoo_action_outbox using brin (created_at);

do $$
begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant select on bridge.event_line, bridge.action_line to service_role;
  end if;
end $$;
