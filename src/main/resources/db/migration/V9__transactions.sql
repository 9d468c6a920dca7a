-- An event also says in which transaction of Odoo it came to be, so that its receiver can group what belongs
-- together, and that Odoo left its content out because it was too large.
create or replace function bridge.event_message(e public.audit_event) returns json
language sql stable set search_path = '' as $$
  select json_build_object(
    'id', e.id, 'event_id', 'evt_' || e.id, 'event_type', e.event_type, 'source', e.source,
    'resource_id', e.resource_id, 'payload', e.payload, 'changed', e.meta -> 'changed',
    'company_id', e.meta -> 'company_id', 'uid', e.meta -> 'uid', 'correlation_id', e.correlation_id,
    'causation_id', e.causation_id, 'db_uuid', e.origin, 'seq', e.origin_seq, 'tx', e.meta -> 'tx',
    'thin', e.meta -> 'thin', 'occurred_at', e.occurred_at, 'created_at', e.created_at,
    'origin', json_build_object('source', coalesce(e.meta #>> '{origin,source}', e.source),
                                'correlation_id', e.correlation_id, 'hop', e.hop + 1))
$$;
