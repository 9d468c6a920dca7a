-- Ends held actions, queued before the bridge was installed, without applying them. Retention counts their age from now
-- on, so that there is time for second thoughts.
with discarded as (
  update public.odoo_action_outbox
     set status = 'error', last_error = 'discarded by ' || :who || ': ' || :why, next_attempt_at = now()
   where status = 'queued' and next_attempt_at = 'infinity' and (:id::bigint is null or id = :id)
  returning id, action, correlation_id
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload, correlation_id)
  select 'bridge', 'bridge.action.discarded', id::text,
         jsonb_build_object('action', action, 'by', :who::text, 'why', :why::text), correlation_id
    from discarded
)
select count(*) from discarded
