-- Resumes a subscriber, also a disabled one: an operator asked for it. One that is running stays as it is, and so does
-- one that is paused because this database is a copy: somebody has to pair.
with found as materialized (
  select s.id, s.name, s.kind, coalesce(t.state = 'paused' and t.changed_by = 'pairing', false) as copy
    from bridge.subscriber s left join bridge.target t on t.name = 'subscriber:' || s.id
   where s.id = cast(:#id as bigint) or s.name = cast(:#name as text)
), resumed as (
  update bridge.target t
     set state = 'running', reason = cast(:#why as text), changed_by = cast(:#who as text), since = now()
    from found f
   where t.name = 'subscriber:' || f.id and t.state <> 'running' and not f.copy
  returning f.id, f.name, f.kind
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload)
  select 'bridge', 'bridge.subscriber.resumed', id::text,
         jsonb_build_object('name', name, 'kind', kind, 'by', cast(:#who as text), 'why', cast(:#why as text)) from resumed
)
select case when copy then 'copy' else 'done' end as word, id from found
