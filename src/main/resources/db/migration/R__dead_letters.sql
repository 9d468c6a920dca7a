-- What look-ups show of a dead letter, with what its row is about: one JSON text a row. Never its payload,
-- which may be encrypted. With the rights of who asks.
drop view if exists bridge.dead_letter_line;
create view bridge.dead_letter_line with (security_invoker = true) as
select l.id, l.queue, l.row_id, l.target, l.reason, l.fault, l.correlation_id, l.created_at, l.resolution, l.payload,
       l.key_id, row_to_json(shown)::text as line
  from bridge.dead_letter l
  left join public.odoo_action_outbox a on l.queue = 'odoo-actions' and a.id = l.row_id
  left join bridge.event_delivery d on l.queue = 'event-deliveries' and d.id = l.row_id
  left join public.audit_event e on e.id = d.event_id
  left join bridge.subscriber s on 'subscriber:' || s.id = l.target
 cross join lateral (
   select l.id, l.queue, l.row_id, coalesce(a.status, d.status) as row_status, l.target, s.name as subscriber, a.action,
          d.event_id, e.event_type, l.ordering_key, coalesce(a.idempotency_key, d.idempotency_key) as idempotency_key,
          l.reason, l.failure, l.fault, l.error, l.response_status, l.response_body, l.attempts, l.correlation_id,
          l.created_at, coalesce(l.resolution, 'open') as resolution, l.resolved_by, l.resolved_why, l.resolved_at,
          l.key_id) shown;

do $$
begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant select on bridge.dead_letter_line to service_role;
  end if;
end $$;
