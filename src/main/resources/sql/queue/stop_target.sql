-- Pauses or disables a target, with the audit event in the same statement; every replica reads this before it claims. Only
-- a target that exists can be stopped: a misspelt one would be reported as paused while the right one goes on. A target
-- that is stopped already keeps its reason, unless an operator gives another one (:again) or it wants no more at all.
with asked as materialized (
  select t.name, s.id, s.name as subscriber, s.kind
    from (select cast(:target as text) as name) t
    left join bridge.subscriber s on 'subscriber:' || s.id = t.name
   where s.id is not null or exists (select from bridge.target k where k.name = t.name)
), stopped as (
  insert into bridge.target as t (name, state, reason, changed_by, since)
  select name, :state, :reason, :who, now() from asked
  on conflict (name) do update
     set state = excluded.state, reason = excluded.reason, changed_by = excluded.changed_by, since = now()
   where :again or t.state = 'running' or t.state = 'paused' and excluded.state = 'disabled'
  returning t.name
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload)
  select 'bridge', case when id is null then 'bridge.target.' else 'bridge.subscriber.' end || :state,
         coalesce(id::text, name),
         case when id is null then jsonb_build_object('target', name)
              else jsonb_build_object('name', subscriber, 'kind', kind) end
           || jsonb_build_object('by', cast(:who as text), 'why', cast(:reason as text))
    from asked join stopped using (name)
)
select count(*) from stopped
