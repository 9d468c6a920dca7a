-- From the partial indexes of what is queued; what an operator holds back is not waiting for Odoo.
select count(*) from public.odoo_action_outbox where status = 'queued' and next_attempt_at < 'infinity'
