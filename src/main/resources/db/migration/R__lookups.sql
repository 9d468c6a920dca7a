-- An index that is there already is no news.
set local client_min_messages = warning;

-- What look-ups show of a row: one JSON text a row, columns in this order, numbers as they are stored.
-- With the rights of who asks.
drop view if exists bridge.event_line;
create view bridge.event_line with (security_invoker = true) as
select e.id, e.source, e.event_type, e.resource_id, e.correlation_id, e.causation_id, e.created_at,
       row_to_json(shown)::text as line
  from public.audit_event e
 cross join lateral (
   select e.id, e.source, e.event_type, e.resource_id, e.payload, e.correlation_id, e.created_at,
          e.occurred_at, e.origin, e.origin_seq, e.causation_id, e.hop, e.meta) shown;

-- A held row has no next attempt; the lease's token is nobody's business.
drop view if exists bridge.action_line;
create view bridge.action_line with (security_invoker = true) as
select a.id, a.action, a.status, a.target, a.ordering_key, a.correlation_id, a.causation_id, a.created_at,
       row_to_json(shown)::text as line
  from public.odoo_action_outbox a
 cross join lateral (
   select a.id, a.action, a.args, a.status, a.last_error, a.correlation_id, a.created_at, a.applied_at,
          a.target, a.ordering_key, a.idempotency_key, a.attempts, a.max_attempts,
          case when a.status = 'queued' then nullif(a.next_attempt_at, 'infinity') end as next_attempt_at,
          a.status = 'queued' and a.next_attempt_at = 'infinity' as held,
          nullif(a.not_after, 'infinity') as not_after, a.lease_until, a.locked_by, a.response_status, a.response_body,
          a.causation_id, a.hop, a.envelope) shown;

-- What is open for a subscriber, and what is dead, up to ten thousand of each: more is not counted, because
-- there may be millions. Each predicate repeats that of a partial index to the word.
drop view if exists bridge.subscriber_line;
create view bridge.subscriber_line with (security_invoker = true) as
select s.id, s.name, s.owner, s.kind, s.secrets, s.updated_at, row_to_json(shown)::text as line
  from bridge.subscriber s
  left join bridge.target t on t.name = 'subscriber:' || s.id
 cross join lateral (
   select least(10000,
            (select count(*) from (select from bridge.event_delivery d
              where d.target = 'subscriber:' || s.id and d.status = 'queued' and d.ordering_key = '' limit 10000) plain)
          + (select count(*) from (select from bridge.event_delivery d
              where d.target = 'subscriber:' || s.id and d.status = 'queued' and d.ordering_key <> ''
                and d.next_attempt_at < 'infinity' limit 10000) laned)
          + (select count(*) from bridge.event_delivery d
              where d.target = 'subscriber:' || s.id and d.status = 'sent')) as open,
          (select count(*) from (select from bridge.dead_letter l
            where l.queue = 'event-deliveries' and l.target = 'subscriber:' || s.id and l.resolution is null
            limit 10000) dead) as dead) counted
 cross join lateral (
   select s.id, s.name, s.kind, s.url, s.event_types, s.sources, s.company, s.format,
          case when s.kind = 'webhook' then s.signature end as signature,
          case when s.kind = 'realtime' then s.mode end as mode,
          case when s.kind = 'realtime' then s.topic end as topic,
          s.rate, s.slots, s.owner,
          case when s.kind <> 'webhook' then '[]'
               when s.owner = 'file' then json_build_array(json_build_object('from', 'application.yaml', 'until', null))
               else (select coalesce(json_agg(json_build_object('from', coalesce(e ->> 'ref', 'database'),
                                                                'until', (e ->> 'until')::timestamptz) order by n), '[]')
                       from jsonb_array_elements(s.secrets) with ordinality as one (e, n)
                      where coalesce((e ->> 'until')::timestamptz > now(), true)) end as secrets,
          coalesce(t.state, 'running') as state, t.reason, t.changed_by, t.since,
          counted.open, counted.dead, s.created_at, s.updated_at) shown;

-- Who follows the table looks at its newest seconds for gaps in the ids.
create index if not exists odoo_action_outbox_created on public.odoo_action_outbox using brin (created_at);

-- How far who follows a table from a row on may read: up to a gap in the ids that is younger than 10 s, which may be a
-- transaction that has not committed, so that no late row is passed over.
create or replace function bridge.open_gap(followed regclass, after_id bigint) returns bigint
language plpgsql stable set search_path = '' as $$
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
    grant select on bridge.event_line, bridge.action_line, bridge.subscriber_line to service_role;
  end if;
end $$;
