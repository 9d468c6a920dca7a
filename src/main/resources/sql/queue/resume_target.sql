-- Resumes a target, also a disabled one: an operator asked for it. The audit event is in the same statement. What is
-- paused because this database is a copy stays so until somebody pairs. With :own, only what :who has stopped is resumed.
with asked as materialized (
  select t.name, s.id, s.name as subscriber, s.kind
    from (select cast(:target as text) as name) t
    left join bridge.subscriber s on 'subscriber:' || s.id = t.name
   where s.id is not null or exists (select from bridge.target k where k.name = t.name)
), before as materialized (
  select t.state, t.state = 'paused' and t.changed_by is not distinct from 'pairing' as copy,
         not :own or t.changed_by is not distinct from cast(:who as text) as allowed
    from bridge.target t where t.name = :target for update
), resumed as (
  update bridge.target t set state = 'running', reason = :reason, changed_by = :who, since = now()
    from before where t.name = :target and before.state <> 'running' and not before.copy and before.allowed
  returning t.name
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload)
  select 'bridge', case when id is null then 'bridge.target.resumed' else 'bridge.subscriber.resumed' end,
         coalesce(id::text, name),
         case when id is null then jsonb_build_object('target', name)
              else jsonb_build_object('name', subscriber, 'kind', kind) end
           || jsonb_build_object('by', cast(:who as text), 'why', cast(:reason as text))
    from asked join resumed using (name)
)
select case when not exists (select from asked) then 'unknown'
            when exists (select from resumed) then 'resumed'
            when exists (select from before where copy) then 'copy'
            else 'running' end
