-- What a replay would send, and to whom; unless it is a dry run, also makes the replay. One statement for both, so that
-- the count and the replay see the same events. "id + 0" keeps the planner from searching the whole table backwards for
-- the border of a time window.
with given as materialized (
  select cast(:#filter as jsonb) as filter, cast(:#subscriber_id as bigint) as subscriber_id,
         cast(:#subscriber_name as text) as subscriber_name
), border as materialized (
  select min(e.id + 0) - 1 as after_id, max(e.id + 0) as until_id
    from given join public.audit_event e
      on e.created_at >= cast(given.filter ->> 'since' as timestamptz)
     and e.created_at < cast(given.filter ->> 'until' as timestamptz)
), asked as materialized (
  select s.id, s.name, s as subscriber, coalesce(t.state, 'running') as state
    from given
   cross join bridge.subscriber s
    left join bridge.target_stop t on t.target = 'subscriber:' || s.id
   where given.subscriber_id = s.id or given.subscriber_name = s.name
      or coalesce(cast(given.subscriber_id as text), given.subscriber_name) is null
), selected as materialized (
  select e.id, e.event_type, e.source, e.meta, e.correlation_id, e.created_at, e.hop,
         case when (select bool_or((s.subscriber).filter is not null) from asked s) then e.payload end as payload
    from given
   cross join border
   cross join lateral bridge.replay_walk(given.filter, coalesce(border.after_id, 0),
                                         coalesce(border.until_id, 9223372036854775807), null) w
    join public.audit_event e on e.id = w.id
   where w.taken
), pair as materialized (
  select e.id, s.id as subscriber_id,
         case when s.state = 'disabled' then 'disabled'
              else coalesce(bridge.skip_reason(s.subscriber, e.event_type, e.source, e.meta, e.correlation_id, e.created_at, e.hop,
                                               e.payload),
                            case when (s.subscriber).kind = 'realtime' and (s.subscriber).mode = 'trigger' then 'trigger'
                                 when bridge.reads_by_itself((s.subscriber).kind, (s.subscriber).mode) then 'reads_by_itself' end)
         end as reason
    from selected e cross join asked s
), counted as materialized (
  select count(distinct id) as events, count(*) as deliveries, min(id) - 1 as after_id, max(id) as until_id,
         array_agg(distinct subscriber_id) as subscribers
    from pair where reason is null
), job as (
  insert into bridge.replay (filter, subscriber, subscribers, rate, cursor, until_id, total, who, why)
  select given.filter, case when coalesce(cast(given.subscriber_id as text), given.subscriber_name) is not null then asked.id end,
         c.subscribers, cast(:#rate as integer), c.after_id, c.until_id, c.events, cast(:#who as text), cast(:#why as text)
    from given cross join counted c cross join (select min(id) as id from asked) asked
   where not cast(:#dry_run as boolean) and c.deliveries > 0
  on conflict do nothing
  returning id, filter, subscriber, rate, total, who, why, correlation_id
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload, correlation_id)
  select 'bridge', 'bridge.replay.started', cast(id as text),
         jsonb_build_object('by', who, 'why', why, 'filter', filter, 'subscriber', subscriber, 'rate', rate, 'events', total),
         correlation_id
    from job
)
select (select count(*) from asked) as subscribers,
       (select min(state) from asked) as state,
       (select count(*) from selected) as selected,
       counted.events, counted.deliveries,
       (select id from job) as job,
       (select min(r.id) from bridge.replay r cross join given
         where r.status in ('running', 'paused') and r.filter = given.filter
           and coalesce(r.subscriber, 0) = case when (select count(*) from asked) = 1
             and coalesce(cast(given.subscriber_id as text), given.subscriber_name) is not null
             then (select min(id) from asked) else 0 end) as same_job,
       (select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'state', s.state,
                 'deliveries', coalesce(p.deliveries, 0), 'skipped', coalesce(p.skipped, '{}')) order by s.id), '[]')
          from asked s
          left join (select subscriber_id, coalesce(sum(n) filter (where reason is null), 0) as deliveries,
                            json_object_agg(reason, n) filter (where reason is not null) as skipped
                       from (select subscriber_id, reason, count(*) as n from pair group by 1, 2) reasons
                      group by 1) p on p.subscriber_id = s.id)::text as by_subscriber,
       (select coalesce(json_agg(cast(asked.id as bigint) order by cast(asked.id as bigint)), '[]')
          from given cross join lateral jsonb_array_elements_text(given.filter -> 'events') asked (id)
         where not exists (select from selected where selected.id = cast(asked.id as bigint)))::text as missing
  from counted
