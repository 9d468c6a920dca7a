-- Cancels an action that is queued, with its audit event in the same statement. Retention counts its age from now on,
-- and the answer to an earlier attempt is removed, because it is not its outcome. The second half returns what an
-- action is that cannot be cancelled; an unknown id returns no row.
with cancelled as (
  update public.odoo_action_outbox
     set status = 'error', last_error = 'cancelled by ' || cast(:#by as text), lease_token = null, lease_until = null,
         next_attempt_at = now(), response_status = null, response_body = null
   where id = :#id and status = 'queued'
  returning id, status, target, ordering_key, action, last_error, correlation_id, causation_id, hop),
promoted as (
  -- What was set aside behind it may be next in its lane.
  update public.odoo_action_outbox set waits = 0
   where waits = 2 and id = (select n.id from public.odoo_action_outbox n join cancelled c
                                on (n.target, n.ordering_key) >= (c.target, c.ordering_key) and n.id <> c.id
                              where n.status = 'queued' and n.ordering_key <> '' and n.next_attempt_at < 'infinity'
                                and n.target = c.target and n.ordering_key = c.ordering_key
                              order by n.target, n.ordering_key, n.id limit 1)),
audited as (
  insert into public.audit_event (source, event_type, resource_id, payload, correlation_id, causation_id, hop)
  select 'bridge', 'bridge.action.cancelled', id::text,
         jsonb_build_object('action', action, 'by', cast(:#by as text)), correlation_id, causation_id, hop
    from cancelled)
select id, status, correlation_id::text as correlation_id, true as cancelled from cancelled
union all
select id, status, correlation_id::text, false from public.odoo_action_outbox
 where id = :#id and not exists (select from cancelled)
