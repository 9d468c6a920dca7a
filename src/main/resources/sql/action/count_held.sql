-- Counts the actions that a release or a discard would be for: all that are held, or one.
select count(*) from public.odoo_action_outbox
 where status = 'queued' and next_attempt_at = 'infinity' and (:id::bigint is null or id = :id)
