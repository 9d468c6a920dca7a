-- Creates a subscriber. The second half returns why none was created.
with wanted as (
  select d.*
    from jsonb_to_record(cast(:#columns as jsonb)) as d(name text, kind text, url text, event_types text[], sources text[],
         company bigint, format text, signature text, mode text, topic text, rate integer, slots integer, tls jsonb,
         filter text, fields text[])
), created as (
  insert into bridge.subscriber
         (id, name, kind, url, event_types, sources, company, format, signature, mode, topic, rate, slots, tls, filter, fields,
          secrets, headers)
  select cast(:#id as bigint), name, kind, url, event_types, sources, company, format, signature, mode, topic, rate, slots, tls,
         filter, fields, cast(:#secrets as jsonb), cast(:#headers as jsonb)
    from wanted
   where (select count(*) from bridge.subscriber) < 1000
  on conflict do nothing
  returning id, name
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload)
  select 'bridge', 'bridge.subscriber.created', id::text, cast(:#facts as jsonb) from created
)
select 'done' as word, id, name from created
union all
select case when exists (select from bridge.subscriber s where s.name = w.name) then 'name_taken'
            when w.kind = 'odoo' then 'odoo_taken'
            when (select count(*) from bridge.subscriber) >= 1000 then 'too_many'
            else 'name_taken' end, null, null
  from wanted w where not exists (select from created)
