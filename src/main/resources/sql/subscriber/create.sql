-- Creates a subscriber. The second half returns why none was created. A position to begin at that was computed before restored
-- events were noted is none any more: it must not begin elsewhere without a word.
with wanted as (
  select d.*
    from jsonb_to_record(cast(:#columns as jsonb)) as d(name text, kind text, url text, event_types text[], sources text[],
         company bigint, format text, signature text, mode text, topic text, rate integer, slots integer, tls jsonb,
         filter text, fields text[])
), start as materialized (
  select p.restores, cast(p.xact as xid8) as xact, p.id
    from jsonb_to_record(nullif(cast(:#start as jsonb), 'null')) as p(restores integer, xact text, id bigint)
    join bridge.event_order o on o.restores = p.restores
     for share of o
), created as (
  insert into bridge.subscriber
         (id, name, kind, url, event_types, sources, company, format, signature, mode, topic, rate, slots, tls, filter, fields,
          secrets, headers)
  select cast(:#id as bigint), name, kind, url, event_types, sources, company, format, signature, mode, topic, rate, slots, tls,
         filter, fields, cast(:#secrets as jsonb), cast(:#headers as jsonb)
    from wanted
   where (select count(*) from bridge.subscriber) < 1000
     and (cast(:#start as jsonb) = 'null' or exists (select from start))
  on conflict do nothing
  returning id, name
), placed as (
  -- Before the trigger begin_reading, which leaves a position that is there.
  insert into bridge.subscriber_position (subscriber, restores, xact, id, floor_xact, floor_id)
  select created.id, start.restores, start.xact, start.id, start.xact, start.id from created cross join start
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload)
  select 'bridge', 'bridge.subscriber.created', id::text, cast(:#facts as jsonb) from created
)
select 'done' as word, id, name from created
union all
select case when exists (select from bridge.subscriber s where s.name = w.name) then 'name_taken'
            when w.kind = 'odoo' then 'odoo_taken'
            when (select count(*) from bridge.subscriber) >= 1000 then 'too_many'
            when cast(:#start as jsonb) <> 'null' and not exists (select from start) then 'changed_meanwhile'
            else 'name_taken' end, null, null
  from wanted w where not exists (select from created)
