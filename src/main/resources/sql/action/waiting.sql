-- Counts the actions that wait for an Odoo, without those that are held. Each half repeats the predicate of a partial
-- index.
select (select count(*) from public.odoo_action_outbox where status = 'queued' and ordering_key = '' and next_attempt_at < 'infinity')
     + (select count(*) from public.odoo_action_outbox where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity')
