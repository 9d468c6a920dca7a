-- What became of an event for every subscriber, and why, in words for people.
set local client_min_messages = warning;

-- bridge.skip_reason in a sentence.
create or replace function bridge.skip_text(reason text, s bridge.subscriber, event_type text, source text, meta jsonb, hop integer)
returns text
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
begin
  return case reason
    when 'off' then 'It is switched off: its mode is off'
    when 'event_type' then 'It asks for ' || array_to_string(s.event_types, ', ')
                           || case when '*' = any(s.event_types) and event_type like 'bridge.%'
                                   then '; * leaves out bridge.*, so name ' || event_type || ' to get it'
                                   else ', which ' || event_type || ' is not' end
    when 'source' then 'It asks for events from ' || array_to_string(s.sources, ', ') || '; this one came from ' || source
    when 'company' then 'It asks for events of company ' || s.company || '; this one is '
                        || coalesce('of company ' || (meta ->> 'company_id'), 'of no company')
    when 'filter' then 'Its filter does not take the event: ' || s.filter
    when 'from_odoo' then 'The event began in Odoo, which knows of it'
    when 'about_the_bridge' then 'What the bridge reports about itself is not sent to Odoo'
    when 'caused_by_bridge' then 'The event names the bridge as its origin; sent back, it would go round in circles'
    when 'caused_by_action' then 'An action with the same correlation id went to Odoo before, so Odoo caused it or knows it'
    when 'hop_limit' then 'Its cause has passed the bridge ' || hop || ' times, as it does in a loop'
    else 'It is not for this subscriber: ' || reason
  end;
end $$;

-- One row for each subscriber there is or was, without a replay id, and one more for every replay that made it a delivery.
-- What has no delivery was not for it, or is too old to be known. Dropped first, because "create or replace" cannot change
-- the columns of the result.
drop function if exists bridge.explain(bigint, interval);
create function bridge.explain(event_id bigint, kept interval)
returns table (target text, subscriber_id bigint, subscriber text, kind text, deleted boolean, replay_id bigint, state text, reason text,
               why text, delivery_id bigint, attempts integer, next_attempt_at timestamptz, last_error text,
               response_status integer, delivered_at timestamptz, changed_by text, since timestamptz,
               dead_letter_id bigint, fault text, resolution text)
language sql stable set search_path = pg_catalog, pg_temp as $$
  with event as materialized (
    select e.id, e.event_type, e.source, e.meta, e.correlation_id, e.created_at, e.hop, e.payload,
           case when e.id <= o.restored_through then '0' else e.xact end as xact
      from public.audit_event e cross join bridge.event_order o where e.id = explain.event_id
  ), delivery as materialized (
    select d.id, d.target, d.replay_id, d.status, d.attempts, d.next_attempt_at, d.last_error, d.response_status, d.delivered_at
      from bridge.event_delivery d where d.event_id = explain.event_id
  ), party as materialized (
    select 'subscriber:' || s.id as target, s.id, s.name, s.kind, s.mode, s.created_at, s.updated_at, s as subscriber
      from bridge.subscriber s
     union all
    select distinct d.target, case when d.target ~ '^subscriber:[0-9]{1,18}$' then substr(d.target, 12)::bigint end,
           null, null, null, null::timestamptz, null::timestamptz, null::bridge.subscriber
      from delivery d
     where not exists (select from bridge.subscriber s where 'subscriber:' || s.id = d.target)
  ), answer as (
    select p.target, null::bigint as replay_id,
           (select max(d.id) from delivery d where d.target = p.target and d.replay_id is null) as delivery_id
      from party p
     union all
    select d.target, d.replay_id, d.id from delivery d where d.replay_id is not null
  ), known as (
    select p.*, a.replay_id, d.id as delivery_id, d.status, d.attempts, d.next_attempt_at, d.last_error, d.response_status,
           d.delivered_at, e.event_type, e.source, e.meta, e.hop, e.created_at as stored_at,
           case when d.id is null and p.name is not null
                then bridge.skip_reason(p.subscriber, e.event_type, e.source, e.meta, e.correlation_id, e.created_at, e.hop, e.payload) end as skip,
           (e.xact, e.id) <= (own.xact, own.id) as fetched,
           coalesce(t.state, 'running') as target_state, t.reason as target_reason, t.changed_by, t.since,
           case when t.held_by is null then 'The subscriber' else initcap(t.held_by) end as stopped_system
      from event e
     cross join answer a
      join party p on p.target = a.target
      left join delivery d on d.id = a.delivery_id
      left join bridge.target_stop t on t.target = p.target
      left join bridge.subscriber_position own on own.subscriber = p.id and bridge.reads_by_itself(p.kind, p.mode)
  ), judged as (
    select k.*,
           case when k.status = 'delivered' then 'delivered'
                when k.status = 'error' then 'dead'
                when k.status = 'sent' then 'in_flight'
                when k.status is not null and (k.target_state <> 'running' or k.next_attempt_at = 'infinity') then 'waiting'
                when k.status is not null and (k.attempts > 0 or k.last_error is not null) then 'retrying'
                when k.status is not null then 'queued'
                when k.name is null then 'not_kept'
                when k.fetched and k.created_at > k.stored_at then 'newer'
                when k.fetched is not null
                then case when k.skip is not null then 'skipped'
                          when k.mode = 'stream' and k.fetched then 'published'
                          when k.mode = 'stream' then case when k.target_state = 'running' then 'queued' else 'waiting' end
                          when k.fetched then 'fetched'
                          else 'unfetched' end
                when k.created_at > k.stored_at then 'newer'
                when k.stored_at < now() - explain.kept and k.updated_at > k.stored_at then 'not_kept'
                when k.skip is not null then 'skipped'
                when k.kind = 'realtime' and k.mode = 'trigger' and k.target_state <> 'running' and k.since <= k.stored_at then 'skipped'
                when k.kind = 'realtime' and k.mode = 'trigger' then 'broadcast'
                when k.stored_at < now() - explain.kept then 'not_kept'
                when k.updated_at > k.stored_at then 'skipped'
                else 'missing' end as state
      from known k
  )
  select j.target, j.id, j.name, j.kind, j.name is null, j.replay_id, j.state,
         case j.state when 'dead' then l.reason
                      when 'waiting' then case when j.target_state = 'running' then 'held' else j.target_state end
                      when 'skipped' then coalesce(j.skip, case when j.mode = 'trigger' and j.kind = 'realtime' then j.target_state
                                                                else 'changed_since' end) end,
         case j.state
           when 'delivered' then 'It was delivered'
           when 'dead' then 'It finally failed' || coalesce(': ' || j.last_error, '')
           when 'in_flight' then 'It is being sent now'
           when 'waiting' then case when j.target_state = 'running' then 'It is held until an operator releases it'
                                    else j.stopped_system || ' is ' || j.target_state || coalesce(' by ' || j.changed_by, '')
                                         || coalesce(': ' || j.target_reason, '') end
           when 'retrying' then 'It was tried and will be tried again' || coalesce(': ' || j.last_error, '')
           when 'queued' then 'It is on its way: due, or behind an earlier event about the same record'
           when 'fetched' then 'The subscriber has fetched it'
           when 'unfetched' then 'It waits until the subscriber fetches it'
           when 'newer' then 'The subscriber is newer than the event'
           when 'skipped' then case when j.skip is not null
                                    then bridge.skip_text(j.skip, j.subscriber, j.event_type, j.source, j.meta, j.hop)
                                    when j.kind = 'realtime' and j.mode = 'trigger'
                                    then 'The subscriber was ' || j.target_state || ', and what realtime.send gets is not kept for later'
                                    else 'The subscriber was changed since; it had not asked for this event then' end
           when 'broadcast' then 'It was handed to realtime.send with the event; whether it arrived is not known'
           when 'published' then 'It is in the topic: the broker has acknowledged it'
           when 'not_kept' then 'Finished deliveries of that age are deleted'
           else 'It should have been delivered and was not; a replay delivers it' end,
         j.delivery_id, j.attempts, case when j.status = 'queued' then nullif(j.next_attempt_at, 'infinity') end, j.last_error,
         j.response_status, j.delivered_at,
         case when j.state = 'waiting' then j.changed_by end, case when j.state = 'waiting' then j.since end,
         l.id, l.fault, l.resolution
    from judged j
    left join lateral (
      select d.id, d.reason, d.fault, d.resolution from bridge.dead_letter d
       where j.status = 'error' and d.queue = 'event-deliveries' and d.row_id = j.delivery_id
       order by d.id desc limit 1) l on true
   order by j.target, j.replay_id nulls first
$$;

revoke execute on function bridge.skip_text(text, bridge.subscriber, text, text, jsonb, integer), bridge.explain(bigint, interval) from public;

do $$
begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant execute on function bridge.skip_text(text, bridge.subscriber, text, text, jsonb, integer), bridge.explain(bigint, interval) to service_role;
  end if;
end $$;
