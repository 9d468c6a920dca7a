-- The next events behind a position that go to a subscriber, each with its message, oldest first. At most :looks events are
-- looked at, whether they are taken or not. 4 MiB end a batch early. There is always a row; without an event it only says
-- how far was looked. A position that no event can have yet is one of another database. One before the subscriber's floor
-- was made up, and counts as the floor. Each event is found by its id, because a join could read the
-- table up to the position; in order, so that none is judged behind the last one that is taken.
with state as materialized (
  select o.restores, bridge.has_restored_events() as restored,
         cast(:xact as xid8) >= pg_snapshot_xmin(pg_current_snapshot()) as ahead
    from bridge.event_order o
), place as materialized (
  select case when above then cast(:xact as xid8) else floor_xact end as xact,
         case when above then cast(:id as bigint) else floor_id end as id
    from (select p.floor_xact, p.floor_id, (cast(:xact as xid8), cast(:id as bigint)) > (p.floor_xact, p.floor_id) as above
            from bridge.subscriber_position p where p.subscriber = :subscriber) own
), looked as materialized (
  select l.xact, l.id from place p cross join lateral bridge.events_after(p.xact, p.id, :looks, true) l
), own as materialized (
  select s as subscriber from bridge.subscriber s where s.id = :subscriber
), taken as materialized (
  select l.xact, l.id
    from (select xact, id from looked order by xact, id) l
   cross join lateral (select * from public.audit_event one where one.id = l.id offset 0) e
   where exists (select from own)
     and bridge.skip_reason((select subscriber from own), e.event_type, e.source, e.meta, e.correlation_id, e.created_at, e.hop,
                            e.payload) is null
   order by l.xact, l.id limit :limit
), written as materialized (
  select t.xact, t.id,
         case when octet_length(whole.text) <= 16777216 then whole.text else cast(bridge.thin_message(found.e) as text) end as message
    from taken t
   cross join lateral (select one as e from public.audit_event one where one.id = t.id offset 0) found
   cross join lateral (
     select cast(case when bridge.has_overlong_number((found.e).payload) or bridge.has_overlong_number((found.e).meta)
                      then bridge.thin_message(found.e)
                      else bridge.message_for((select subscriber from own), found.e) end as text) as text offset 0) whole
), shown as materialized (
  select xact, id, place, message
    from (select w.*, row_number() over walk as place, sum(octet_length(w.message)) over walk as bytes
            from written w
          window walk as (order by w.xact, w.id)) sized
   where bytes <= 4194304 or place = 1
), counted as materialized (
  select (select count(*) from looked) as looked, (select count(*) from taken) as taken, (select count(*) from shown) as shown
), reached as (
  (select s.xact, s.id from shown s cross join counted c
    where c.shown < c.taken or c.taken = :limit
    order by s.place desc limit 1)
  union all
  (select l.xact, l.id from looked l cross join counted c
    where c.shown = c.taken and c.taken < :limit
    order by l.xact desc, l.id desc limit 1)
)
select state.restores, state.restored, state.ahead, cast(r.xact as text) as reached_xact, r.id as reached_id,
       c.looked = :looks or c.shown < c.taken or c.taken = :limit as more,
       cast(n.xact as text) as xact, n.id, n.message, bridge.lane(e.event_type, e.resource_id) as lane,
       e.meta ->> 'company_id' as company, e.event_type, e.source,
       e.resource_id, e.hop, e.created_at, cast(e.correlation_id as text) as correlation_id,
       left(e.meta ->> 'traceparent', 56) as traceparent, left(e.meta ->> 'tracestate', 513) as tracestate
  from state
 cross join counted c
  left join reached r on true
  left join shown n on true
  left join lateral (select * from public.audit_event one where one.id = n.id offset 0) e on true
 order by n.place
