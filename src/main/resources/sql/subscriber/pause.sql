-- Pauses a subscriber, on every replica, with the audit event in the same statement.
with found as materialized (
  select id, name, kind from bridge.subscriber where id = cast(:#id as bigint) or name = cast(:#name as text)
), paused as (
  insert into bridge.target as t (name, state, reason, changed_by)
  select 'subscriber:' || id, 'paused', cast(:#why as text), cast(:#who as text) from found
  on conflict (name) do update
     set state = 'paused', reason = excluded.reason, changed_by = excluded.changed_by, since = now()
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload)
  select 'bridge', 'bridge.subscriber.paused', id::text,
         jsonb_build_object('name', name, 'kind', kind, 'by', cast(:#who as text), 'why', cast(:#why as text)) from found
)
select 'done' as word, id from found
