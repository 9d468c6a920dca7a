-- Deletes a subscriber for which nothing waits. With :discard it first gives up what waits, up to ten thousand rows at
-- a time: each becomes a dead letter with who and why, which can be looked up until retention deletes it. The audit
-- event has the sum: that of the deletion, or one after the :last step if rows are left for the next request. What is
-- in flight ends by itself: delivered, or dead because its subscriber is gone.
with found as materialized (
  select id, name, kind, owner, 'subscriber:' || id as target
    from bridge.subscriber where id = cast(:#id as bigint) or name = cast(:#name as text) for update
), waiting as materialized (
  -- What one step can discard and one more, or all of it, to say how much there is.
  select id from (
    select d.id from found f join bridge.event_delivery d on d.target = f.target
     where d.status = 'queued' and d.ordering_key = ''
    union all
    select d.id from found f join bridge.event_delivery d on d.target = f.target
     where d.status = 'queued' and d.ordering_key <> '' and d.next_attempt_at < 'infinity'
    union all
    select d.id from found f join bridge.event_delivery d on d.target = f.target
     where d.status = 'queued' and d.next_attempt_at = 'infinity' and d.ordering_key <> '') queued
   limit case when cast(:#discard as boolean) then 10001 end
), dead as materialized (
  select l.id from found f join bridge.dead_letter l on l.target = f.target
   where l.queue = 'event-deliveries' and l.resolution is null
   limit case when cast(:#discard as boolean) then 10001 end
), counted as materialized (
  select (select count(*) from waiting) as waiting, (select count(*) from dead) as dead,
         (select count(*) from found f join bridge.event_delivery d on d.target = f.target where d.status = 'sent') as in_flight
), resolved as (
  update bridge.dead_letter l
     set resolution = 'discarded', resolved_by = cast(:#who as text), resolved_why = cast(:#why as text), resolved_at = now()
    from found f
   where cast(:#discard as boolean) and f.owner = 'api' and l.id in (select id from dead limit 10000)
  returning l.id
), discarded as (
  update bridge.event_delivery d
     set status = 'error', last_error = 'discarded by ' || cast(:#who as text) || ': ' || cast(:#why as text),
         next_attempt_at = now()
    from found f
   where cast(:#discard as boolean) and f.owner = 'api' and d.status = 'queued'
     and d.id in (select id from waiting limit 10000)
  returning d.id, d.target, d.ordering_key, d.attempts, d.correlation_id
), buried as (
  insert into bridge.dead_letter (queue, row_id, target, ordering_key, reason, error, attempts, correlation_id,
                                  resolution, resolved_by, resolved_why, resolved_at)
  select 'event-deliveries', id, target, ordering_key, 'subscriber_deleted', 'given up with its subscriber', attempts, correlation_id,
         'discarded', cast(:#who as text), cast(:#why as text), now()
    from discarded
), progress as materialized (
  select (select count(*) from discarded) as discarded, (select count(*) from resolved) as resolved
), deleted as (
  delete from bridge.subscriber s
   using found f, counted c, progress p
   where s.id = f.id and f.owner = 'api' and c.waiting = p.discarded and c.dead = p.resolved
     and (c.in_flight = 0 or cast(:#discard as boolean))
  returning s.id, s.name, s.kind
), forgotten as (
  delete from bridge.target t using deleted where t.name = 'subscriber:' || deleted.id
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload)
  select 'bridge', 'bridge.subscriber.deleted', d.id::text,
         jsonb_build_object('name', d.name, 'kind', d.kind, 'by', cast(:#who as text), 'why', cast(:#why as text),
                            'discarded', cast(:#discarded as bigint) + p.discarded,
                            'dead_letters_discarded', cast(:#resolved as bigint) + p.resolved)
    from deleted d, progress p
), summed as (
  insert into public.audit_event (source, event_type, resource_id, payload)
  select 'bridge', 'bridge.subscriber.discarded', f.id::text,
         jsonb_build_object('name', f.name, 'kind', f.kind, 'by', cast(:#who as text), 'why', cast(:#why as text),
                            'discarded', cast(:#discarded as bigint) + p.discarded,
                            'dead_letters_discarded', cast(:#resolved as bigint) + p.resolved)
    from found f, progress p
   where cast(:#last as boolean) and cast(:#discard as boolean) and f.owner = 'api' and not exists (select from deleted)
)
select case when exists (select from deleted) then 'deleted'
            when f.owner = 'file' then 'owned_by_file'
            when cast(:#discard as boolean) then 'unfinished'
            else 'undelivered' end as word,
       f.id, f.name, c.waiting, c.dead, c.in_flight, p.discarded, p.resolved
  from found f, counted c, progress p
