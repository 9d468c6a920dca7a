-- Resumes a subscriber, also a disabled one: an operator asked for it. One that is running stays as it is.
with found as materialized (
  select id, name, kind from bridge.subscriber where id = cast(:#id as bigint) or name = cast(:#name as text)
), resumed as (
  update bridge.target t
     set state = 'running', reason = cast(:#why as text), changed_by = cast(:#who as text), since = now()
    from found f
   where t.name = 'subscriber:' || f.id and t.state <> 'running'
  returning f.id, f.name, f.kind
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload)
  select 'bridge', 'bridge.subscriber.resumed', id::text,
         jsonb_build_object('name', name, 'kind', kind, 'by', cast(:#who as text), 'why', cast(:#why as text)) from resumed
)
select 'done' as word, id from found
