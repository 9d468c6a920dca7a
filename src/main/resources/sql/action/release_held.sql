-- Makes held actions due: those that were queued before the bridge was installed.
with released as (
  update public.odoo_action_outbox set next_attempt_at = now(), last_error = null
   where status = 'queued' and next_attempt_at = 'infinity' and (:id::bigint is null or id = :id)
  returning id, action, correlation_id
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload, correlation_id)
  select 'bridge', 'bridge.action.released', id::text,
         jsonb_build_object('action', action, 'by', :who::text, 'why', :why::text), correlation_id
    from released
)
select count(*) from released
