-- Queues dead rows again under their idempotency keys, and returns what became of each. It decides on locked rows and
-- acts in the same statement: of two requests at once, one finds the letter resolved, and nothing is ever half done.
-- Without :act it only returns what it would do. A row whose lane has moved on would undo what came later, and is
-- requeued only with :force. The lane's next row is locked as well, because a claim in progress cannot be seen yet:
-- either that claim passes the lane by, or its end is waited for and shows here. It is set aside behind the requeued
-- one, so that a claim that began before and comes to it only now sees that it has changed.
with asked as materialized (
  select * from jsonb_to_recordset(:asked::jsonb) as g(row_id bigint, letter_id bigint)
), dead as materialized (
  select o.id, o.status, o.target, o.ordering_key, o.correlation_id, ${subject} as subject
    from ${table} o where o.id in (select row_id from asked)
   order by o.id for update
), open as materialized (
  select l.id from dead join bridge.dead_letter l on l.queue = :queue and l.row_id = dead.id
   where l.id in (select letter_id from asked) and l.resolution is null
   order by l.id for update of l
), behind as materialized (
  select dead.id, dead.target, dead.ordering_key from dead
   where status = 'error' and ordering_key <> ''
     and not exists (select from ${table} l
                      where l.target = dead.target and l.ordering_key = dead.ordering_key and l.ordering_key <> '' and l.id > dead.id
                        and l.status in ('sent', '${done}'))
), following as materialized (
  select behind.id as dead, following.id, following.status from behind cross join lateral (
    select l.id, l.status from ${table} l
     where l.target = behind.target and l.ordering_key = behind.ordering_key and l.ordering_key <> '' and l.id > behind.id
       and l.status in ('queued', 'sent', '${done}') and l.next_attempt_at < 'infinity'
     order by l.id limit 1 for update) following
), judged as materialized (
  select a.row_id, a.letter_id, d.status, d.target, d.correlation_id, d.subject,
         case when d.id is null then 'row_gone'
              when a.letter_id is not null and a.letter_id not in (select id from open) then 'already_resolved'
              when d.status <> 'error' then 'not_dead'
              when d.target like 'subscriber:%'
                and not exists (select from bridge.subscriber s where 'subscriber:' || s.id = d.target) then 'subscriber_deleted'
              when d.ordering_key <> '' and not :force
                and (d.id not in (select id from behind) or d.id in (select dead from following where status <> 'queued')) then 'overtaken'
              else 'requeued' end as outcome
    from asked a left join dead d on d.id = a.row_id
), requeued as (
  update ${table} o
     set status = 'queued', attempts = 0, unreported = 0, waits = 0, next_attempt_at = now(), not_after = null, last_error = null
   where :act and o.id in (select row_id from judged where outcome = 'requeued')
  returning o.id
), set_behind as (
  update ${table} o set waits = 2
   where o.status = 'queued' and o.waits < 2
     and o.id = any(array(select f.id from following f where f.status = 'queued' and f.dead in (select id from requeued)))
), resolved as (
  update bridge.dead_letter d
     set resolution = 'requeued', resolved_by = :who, resolved_why = :why, resolved_at = now()
    from requeued where d.queue = :queue and d.row_id = requeued.id and d.resolution is null
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload, correlation_id)
  select 'bridge', 'bridge.${noun}.requeued', row_id::text,
         jsonb_build_object('action', subject, 'dead_letter', letter_id, 'by', :who::text, 'why', :why::text), correlation_id
    from judged where ${audited} and :act and outcome = 'requeued'
  union all
  select 'bridge', 'bridge.${noun}.requeued', target,
         jsonb_build_object('target', target, 'count', count(*), 'dead_letters', jsonb_agg(letter_id order by letter_id),
                            'by', :who::text, 'why', :why::text),
         case count(*) when 1 then (array_agg(correlation_id))[1] else gen_random_uuid() end
    from judged where not ${audited} and :act and outcome = 'requeued' group by target
)
select row_id, letter_id, outcome, status from judged order by row_id, letter_id
