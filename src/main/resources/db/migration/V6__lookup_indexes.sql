-- One index for each filter of the look-ups: whatever is asked for among ten million rows, a page is found in
-- milliseconds. Types and actions are compared byte by byte ("C"), so that the same index finds a prefix. Indexes on time
-- hold the id as well, because a page between two times is read in this order.
set local client_min_messages = warning;

drop index if exists public.audit_event_created, public.odoo_action_outbox_created, bridge.dead_letter_created;

create index audit_event_created on public.audit_event (created_at, id);
create index if not exists audit_event_type on public.audit_event (event_type collate "C", id);
create index if not exists audit_event_source on public.audit_event (source, id);
create index if not exists audit_event_causation on public.audit_event (causation_id, id) where causation_id is not null;

create index odoo_action_outbox_created on public.odoo_action_outbox (created_at, id);
create index if not exists odoo_action_outbox_action on public.odoo_action_outbox (action collate "C", id);
create index if not exists odoo_action_outbox_causation on public.odoo_action_outbox (causation_id, id)
  where causation_id is not null;
create index if not exists odoo_action_outbox_error on public.odoo_action_outbox (id) where status = 'error';
create index if not exists odoo_action_outbox_target on public.odoo_action_outbox (target, id) where target <> 'odoo';

create index dead_letter_created on bridge.dead_letter (created_at, id);
create index dead_letter_target on bridge.dead_letter (target, id);
create index dead_letter_queue on bridge.dead_letter (queue, id);
create index dead_letter_reason on bridge.dead_letter (reason, id);
create index dead_letter_fault on bridge.dead_letter (fault, id);
create index dead_letter_resolution on bridge.dead_letter (resolution, id);
