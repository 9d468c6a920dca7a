-- A dead action goes back with the same idempotency key. Where a later action of its lane has been sent
-- or applied since, that would undo its effect: only with :force. Answers with one word.
with dead as materialized (
  select o.id, o.status, o.correlation_id, o.action,
         exists (select from public.odoo_action_outbox l
                  where l.target = o.target and l.ordering_key = o.ordering_key and o.ordering_key <> ''
                    and l.id > o.id and l.status in ('sent', 'applied')) as overtaken
    from public.odoo_action_outbox o where o.id = :id for update
), requeued as (
  update public.odoo_action_outbox o
     set status = 'queued', attempts = 0, next_attempt_at = now(), not_after = null, last_error = null
    from dead where o.id = dead.id and dead.status = 'error' and (:force or not dead.overtaken)
  returning o.id, dead.action, o.correlation_id
), resolved as (
  update bridge.dead_letter d
     set resolution = 'requeued', resolved_by = :who, resolved_why = :why, resolved_at = now()
    from requeued where d.queue = 'odoo-actions' and d.row_id = requeued.id and d.resolution is null
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload, correlation_id)
  select 'bridge', 'bridge.action.requeued', id::text,
         jsonb_build_object('action', action, 'by', :who::text, 'why', :why::text), correlation_id from requeued
)
select case when exists (select from requeued) then 'requeued'
            when not exists (select from dead) then 'unknown'
            when (select status from dead) <> 'error' then (select status from dead)
            else 'overtaken' end
