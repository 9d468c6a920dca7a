-- Which of the subscribers :waiting ask for the type of an event behind a position. What else they ask for is left to the
-- read that follows.
with looked as materialized (
  select xact, id from bridge.events_after(cast(:xact as xid8), :id, :looks, true)
), kind as materialized (
  select distinct e.event_type
    from looked l
   cross join lateral (select one.event_type from public.audit_event one where one.id = l.id offset 0) e
)
select o.restores, bridge.has_restored_events() as restored, cast(reached.xact as text) as reached_xact, reached.id as reached_id,
       (select count(*) from looked) = :looks as more,
       (select coalesce(json_agg(distinct s.id), '[]')
          from kind k
          join bridge.subscriber s on s.event_types && bridge.patterns_of(k.event_type)
         where s.id in (select cast(w as bigint) from jsonb_array_elements_text(cast(:waiting as jsonb)) w)) as wanted
  from bridge.event_order o
  left join (select l.xact, l.id from looked l order by l.xact desc, l.id desc limit 1) reached on true
