-- The topics that subscribers of kind kafka write to, in the form that Kafka takes. Of a template with placeholders they are
-- those of the last thousand events that the subscriber asks for.
with latest as materialized (
  select e.event_type, e.meta ->> 'company_id' as company from public.audit_event e order by e.id desc limit 1000
)
select s.name as subscriber, left(regexp_replace(t.topic, '[^A-Za-z0-9._-]', '_', 'g'), 249) as topic
  from bridge.subscriber s
 cross join lateral (
   select s.topic where strpos(s.topic, '{') = 0
   union
   select bridge.topic(s.topic, l.company, l.event_type)
     from latest l
    where strpos(s.topic, '{') > 0 and s.event_types && bridge.patterns_of(l.event_type)) t(topic)
 where s.kind = 'kafka'
 order by 2, 1
 limit 200
