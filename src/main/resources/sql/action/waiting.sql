-- What waits for an Odoo, what an operator holds back aside, by the predicates of the partial indexes.
select (select count(*) from public.odoo_action_outbox where status = 'queued' and ordering_key = '' and next_attempt_at < 'infinity')
     + (select count(*) from public.odoo_action_outbox where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity')
