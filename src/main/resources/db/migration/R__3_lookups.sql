-- What look-ups show: one JSON text a row, columns in this order, numbers as they are stored. Views run with the rights of
-- the role that asks. They are dropped first, because "create or replace" can neither remove nor reorder columns.
set local client_min_messages = warning;

drop view if exists bridge.event_line;
create view bridge.event_line with (security_invoker = true) as
select e.id, e.source, e.event_type, e.resource_id, e.correlation_id, e.causation_id, e.created_at,
       row_to_json(shown)::text as line
  from public.audit_event e
 cross join lateral (
   select e.id, e.source, e.event_type, e.resource_id, e.payload, e.correlation_id, e.created_at,
          e.occurred_at, e.origin, e.origin_seq, e.causation_id, e.hop, e.meta) shown;

drop view if exists bridge.target_due, bridge.target_line, bridge.subscriber_line, bridge.action_line, bridge.target_stop;

-- The targets to which nothing is sent, and whose act that is. Odoo is one system: what stops it stops its subscriber too
-- (held_by), which keeps a stop of its own besides.
create view bridge.target_stop with (security_invoker = true) as
select t.name as target, t.state, t.reason, t.changed_by, t.since, null as held_by
  from bridge.target t
 where t.state <> 'running'
union all
select 'subscriber:' || s.id, t.state, t.reason, t.changed_by, t.since, t.name
  from bridge.subscriber s
  join bridge.target t on t.name = 'odoo' and t.state <> 'running'
 where s.kind = 'odoo'
   and not exists (select from bridge.target own where own.name = 'subscriber:' || s.id and own.state <> 'running');

-- A held row has no next attempt. The lease's token stays inside. Why it stands where it does is in words for people, as
-- bridge.explain has them for deliveries. The limit keeps the plan a look-up for each row.
create view bridge.action_line with (security_invoker = true) as
select a.id, a.action, a.status, a.target, a.ordering_key, a.next_attempt_at, a.correlation_id, a.causation_id, a.created_at,
       row_to_json(shown)::text as line
  from public.odoo_action_outbox a
  left join lateral (
    select t.state, t.reason, t.changed_by, t.since from bridge.target t
     where a.status = 'queued' and t.name = a.target and t.state <> 'running' limit 1) stop on true
 cross join lateral (
   select a.id, a.action, a.args, a.status, a.last_error, a.correlation_id, a.created_at, a.applied_at,
          a.target, a.ordering_key, a.idempotency_key, a.attempts, a.max_attempts,
          case when a.status = 'queued' then nullif(a.next_attempt_at, 'infinity') end as next_attempt_at,
          a.status = 'queued' and a.next_attempt_at = 'infinity' as held,
          nullif(a.not_after, 'infinity') as not_after, a.lease_until, a.locked_by, a.response_status, a.response_body,
          a.causation_id, a.hop, a.envelope,
          case when a.status = 'queued' and a.next_attempt_at = 'infinity' then 'held' else stop.state end as reason,
          case a.status
            when 'applied' then 'Odoo applied it'
            when 'error' then 'It finally failed' || coalesce(': ' || a.last_error, '')
            when 'sent' then 'It is being sent now'
            else case when a.next_attempt_at = 'infinity' then 'It is held until an operator releases it'
                      when stop.state is not null
                      then initcap(a.target) || ' is ' || stop.state || coalesce(' by ' || stop.changed_by, '')
                           || coalesce(': ' || stop.reason, '')
                      when a.attempts > 0 or a.last_error is not null
                      then 'It was tried and will be tried again' || coalesce(': ' || a.last_error, '')
                      else 'It is on its way: due, or behind an earlier action on the same record' end end as why,
          stop.changed_by, stop.since) shown;

-- What is open for a subscriber, and what is dead, up to ten thousand of each: more is not counted, because there may be
-- millions. Each predicate repeats that of a partial index to the word. Of one that reads by itself, what is behind its
-- position is open, matching or not.
create view bridge.subscriber_line with (security_invoker = true) as
select s.id, s.name, s.owner, s.kind, s.secrets, s.headers, s.updated_at, row_to_json(shown)::text as line
  from bridge.subscriber s
  left join bridge.target_stop stop on stop.target = 'subscriber:' || s.id
  left join bridge.target t on t.name = 'subscriber:' || s.id
  left join bridge.subscriber_position p on p.subscriber = s.id and bridge.reads_by_itself(s.kind, s.mode)
 cross join lateral (
   select case when p.subscriber is not null
               then (select count(*) from bridge.events_after(p.xact, p.id, 10000, false))
               else least(10000,
            (select count(*) from (select from bridge.event_delivery d
              where d.target = 'subscriber:' || s.id and d.status = 'queued' and d.ordering_key = '' limit 10000) plain)
          + (select count(*) from (select from bridge.event_delivery d
              where d.target = 'subscriber:' || s.id and d.status = 'queued' and d.ordering_key <> ''
                and d.next_attempt_at < 'infinity' limit 10000) laned)
          + (select count(*) from bridge.event_delivery d
              where d.target = 'subscriber:' || s.id and d.status = 'sent')) end as open,
          (select count(*) from (select from bridge.dead_letter l
            where l.queue = 'event-deliveries' and l.target = 'subscriber:' || s.id and l.resolution is null
            limit 10000) dead) as dead) counted
 cross join lateral (
   select s.id, s.name, s.kind, s.url, s.event_types, s.sources, s.company, s.filter, s.fields, s.format,
          case when s.kind = 'webhook' then s.signature end as signature,
          case when s.kind in ('realtime', 'kafka') then s.mode end as mode,
          case when s.kind in ('realtime', 'kafka') then s.topic end as topic,
          s.rate, s.slots, s.owner,
          case when s.kind not in ('webhook', 'pull') then '[]'
               when s.owner = 'file' then json_build_array(json_build_object('from', 'application.yaml', 'until', null))
               else (select coalesce(json_agg(json_build_object('from', coalesce(e ->> 'ref', 'database'),
                                                                'until', (e ->> 'until')::timestamptz) order by n), '[]')
                       from jsonb_array_elements(s.secrets) with ordinality as one (e, n)
                      where coalesce((e ->> 'until')::timestamptz > now(), true)) end as secrets,
          (select coalesce(json_agg(json_build_object('name', h.key, 'from',
                    case when s.owner = 'file' then 'application.yaml'
                         else coalesce(h.value ->> 'ref', 'database') end) order by h.key), '[]')
             from jsonb_each(s.headers) as h) as headers,
          s.tls,
          coalesce(stop.state, 'running') as state,
          case when stop.target is null then t.reason else stop.reason end as reason,
          case when stop.target is null then t.changed_by else stop.changed_by end as changed_by,
          case when stop.target is null then t.since else stop.since end as since, stop.held_by,
          counted.open, counted.dead, p.saved_at as fetched_at, s.created_at, s.updated_at) shown;

-- Odoo, which actions go to, and every subscriber, which deliveries go to.
create view bridge.target_line with (security_invoker = true) as
select t.name as target, 0::bigint as place, row_to_json(shown)::text as line
  from bridge.target t
 cross join lateral (
   select least(10000,
            (select count(*) from (select from public.odoo_action_outbox o
              where o.target = t.name and o.status = 'queued' and o.ordering_key = '' limit 10000) plain)
          + (select count(*) from (select from public.odoo_action_outbox o
              where o.target = t.name and o.status = 'queued' and o.ordering_key <> ''
                and o.next_attempt_at < 'infinity' limit 10000) laned)
          + (select count(*) from public.odoo_action_outbox o where o.target = t.name and o.status = 'sent')) as open,
          (select count(*) from (select from bridge.dead_letter l
            where l.queue = 'odoo-actions' and l.target = t.name and l.resolution is null
            limit 10000) dead) as dead) counted
 cross join lateral (
   select t.name as target, 'odoo-actions' as queue, null::bigint as subscriber_id, null as subscriber, null as kind, t.state,
          t.reason, t.changed_by, t.since, null as held_by, counted.open, counted.dead) shown
 where t.name not like 'subscriber:%'
union all
select 'subscriber:' || s.id, s.id, row_to_json(shown)::text
  from bridge.subscriber_line s
 cross join lateral (select s.line::json as row offset 0) parsed
 cross join lateral (
   select 'subscriber:' || s.id as target, 'event-deliveries' as queue, s.id as subscriber_id, s.name as subscriber, s.kind,
          row -> 'state' as state, row -> 'reason' as reason, row -> 'changed_by' as changed_by, row -> 'since' as since,
          row -> 'held_by' as held_by, row -> 'open' as open, row -> 'dead' as dead) shown;

-- The oldest due row of each target that has one. Not of what is stopped: that is why it waits. Of the rows of lanes that
-- may be next, a thousand are looked at; lanes are served in turn, so that none of the others is much older. Each order is
-- that of an index, lest the planner read the table.
create view bridge.target_due with (security_invoker = true) as
select p.target, min(due.at) as at
  from (select t.name as target, 'odoo-actions' as queue from bridge.target t where t.name not like 'subscriber:%'
        union all
        select 'subscriber:' || s.id, 'event-deliveries' from bridge.subscriber s
        offset 0) p
 cross join lateral (
   (select o.next_attempt_at as at from public.odoo_action_outbox o
     where p.queue = 'odoo-actions' and o.target = p.target and o.status = 'queued' and o.ordering_key = ''
       and o.next_attempt_at <= now()
     order by o.next_attempt_at limit 1)
   union all
   (select o.next_attempt_at from public.odoo_action_outbox o
     where p.queue = 'odoo-actions' and o.target = p.target and o.status = 'queued' and o.ordering_key <> ''
       and o.next_attempt_at < 'infinity' and o.waits = 1 and o.next_attempt_at <= now()
     order by o.next_attempt_at limit 1)
   union all
   (select o.next_attempt_at from public.odoo_action_outbox o
     where p.queue = 'odoo-actions' and o.target = p.target and o.status = 'queued' and o.ordering_key <> ''
       and o.next_attempt_at < 'infinity' and o.waits = 0
     order by o.ordering_key, o.id limit 1000)
   union all
   (select d.next_attempt_at from bridge.event_delivery d
     where p.queue = 'event-deliveries' and d.target = p.target and d.status = 'queued' and d.ordering_key = ''
       and d.next_attempt_at <= now()
     order by d.next_attempt_at limit 1)
   union all
   (select d.next_attempt_at from bridge.event_delivery d
     where p.queue = 'event-deliveries' and d.target = p.target and d.status = 'queued' and d.ordering_key <> ''
       and d.next_attempt_at < 'infinity' and d.waits = 1 and d.next_attempt_at <= now()
     order by d.next_attempt_at limit 1)
   union all
   (select d.next_attempt_at from bridge.event_delivery d
     where p.queue = 'event-deliveries' and d.target = p.target and d.status = 'queued' and d.ordering_key <> ''
       and d.next_attempt_at < 'infinity' and d.waits = 0
     order by d.ordering_key, d.id limit 1000)) due
 where not exists (select from bridge.target_stop stop where stop.target = p.target) and due.at <= now()
 group by p.target;

-- A dead letter with what its row is about. Never its payload, which may be encrypted.
drop view if exists bridge.dead_letter_line;
create view bridge.dead_letter_line with (security_invoker = true) as
select l.id, l.queue, l.row_id, l.target, l.reason, l.fault, l.correlation_id, l.created_at, l.resolution, l.payload,
       l.key_id, row_to_json(shown)::text as line
  from bridge.dead_letter l
  left join public.odoo_action_outbox a on l.queue = 'odoo-actions' and a.id = l.row_id
  left join bridge.event_delivery d on l.queue = 'event-deliveries' and d.id = l.row_id
  left join public.audit_event e on e.id = d.event_id
  left join bridge.subscriber s on 'subscriber:' || s.id = l.target
 cross join lateral (
   select l.id, l.queue, l.row_id, coalesce(a.status, d.status) as row_status, l.target, s.name as subscriber, a.action,
          d.event_id, e.event_type, l.ordering_key, coalesce(a.idempotency_key, d.idempotency_key) as idempotency_key,
          l.reason, l.failure, l.fault, l.error, l.response_status, l.response_body, l.attempts, l.correlation_id,
          l.created_at, coalesce(l.resolution, 'open') as resolution, l.resolved_by, l.resolved_why, l.resolved_at,
          l.key_id) shown;

-- A replay with its progress. What was delivered and has been deleted since is counted all the same: it is what was made
-- and is neither open nor dead.
drop view if exists bridge.replay_line;
create view bridge.replay_line with (security_invoker = true) as
select r.id, r.status, r.created_at, row_to_json(shown)::text as line
  from bridge.replay r
 cross join lateral (
   select count(*) filter (where d.status = 'error') as dead, count(*) filter (where d.status <> 'error') as open
     from bridge.event_delivery d where d.replay_id = r.id and d.status <> 'delivered') left_over
 cross join lateral (
   select r.id, r.status, r.filter, r.subscriber,
          (select coalesce(json_agg(json_build_object('id', g.id, 'name', s.name) order by g.id), '[]')
             from unnest(r.subscribers) g (id) left join bridge.subscriber s on s.id = g.id) as subscribers,
          r.rate, r.total, r.events, r.deliveries,
          r.deliveries - r.cancelled - left_over.dead - left_over.open as delivered,
          left_over.dead, left_over.open, r.cancelled, r.held_back,
          case when r.status = 'running'
               then now() + make_interval(secs => greatest(r.total - r.events, 0) / r.rate::float8) end as eta,
          r.who, r.why, r.correlation_id, r.created_at, r.changed_by, r.changed_why, r.changed_at, r.finished_at) shown;

-- How far a caller that follows a table from a row on may read: up to a gap in the ids that is younger than 10 s. The gap
-- may be a transaction that has not committed yet; so no late row is passed over.
create or replace function bridge.open_gap(followed regclass, after_id bigint) returns bigint
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
declare
  gap bigint;
begin
  execute format($q$
    with recent as materialized (
      select id from %1$s where created_at > now() - interval '10 seconds'),
    spaced as (
      select id, lag(id, 1, (select max(id) from %1$s where id < (select min(id) from recent))) over (order by id) as previous
        from recent)
    select min(id) from spaced where id > $1 and id > greatest(previous, $1) + 1 $q$, followed) into gap using after_id;
  return coalesce(gap, 9223372036854775807);
end $$;

revoke execute on function bridge.open_gap(regclass, bigint) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant execute on function bridge.open_gap(regclass, bigint) to service_role;
    grant select on bridge.event_line, bridge.target_stop, bridge.target_line, bridge.action_line, bridge.subscriber_line, bridge.dead_letter_line, bridge.replay_line to service_role;
  end if;
end $$;
