-- Brings the subscribers to what application.yaml declares, in one statement; run again it changes nothing. A
-- subscriber that is paused for another reason stays paused. An entry that is not active has no Odoo to send to: what
-- is queued for it waits.
with declared as materialized (
  select d.*
    from jsonb_to_recordset(:declared::jsonb) as d(name text, kind text, url text, event_types text[], sources text[],
         company bigint, format text, signature text, mode text, topic text, rate integer, slots integer, tls jsonb, headers jsonb, filter text,
         fields text[], active boolean)
), added as (
  insert into bridge.subscriber
         (name, kind, url, event_types, sources, company, format, signature, mode, topic, rate, slots, tls, headers, filter, fields,
          owner)
  select name, kind, url, event_types, sources, company, format, signature, mode, topic, rate, slots, tls, headers, filter,
         fields, 'file'
    from declared d
   where active and not exists (select from bridge.subscriber s where s.name = d.name)
  returning id, name, kind
), changed as (
  update bridge.subscriber s
     set (url, event_types, sources, company, format, signature, mode, topic, rate, slots, tls, headers, filter,
          fields)
         = (d.url, d.event_types, d.sources, d.company, d.format, d.signature, d.mode, d.topic, d.rate, d.slots, d.tls, d.headers,
            d.filter, d.fields),
         owner = 'file', left_file_at = null, secrets = '[]', updated_at = now()
    from declared d
   where s.name = d.name
     and (s.owner, s.url, s.event_types, s.sources, s.company, s.format, s.signature, s.mode, s.topic, s.rate, s.slots, s.tls, s.headers,
          s.filter, s.fields)
         is distinct from
         ('file', d.url, d.event_types, d.sources, d.company, d.format, d.signature, d.mode, d.topic, d.rate, d.slots, d.tls, d.headers,
          d.filter, d.fields)
  returning s.id, s.name, s.kind
), gone as (
  update bridge.subscriber s set owner = 'api', left_file_at = now(), updated_at = now()
   where owner = 'file' and not exists (select from declared d where d.name = s.name)
  returning s.id, s.name, s.kind
), to_stop as (
  select id, name, kind, 'removed from application.yaml' as why from gone
  union all
  select s.id, s.name, s.kind, 'no Odoo is configured' from bridge.subscriber s join declared d using (name) where not active
), stopped as (
  insert into bridge.target as t (name, state, reason, changed_by)
  select 'subscriber:' || id, 'paused', why, 'application.yaml' from to_stop
  on conflict (name) do update
     set state = 'paused', reason = excluded.reason, changed_by = excluded.changed_by, since = now()
   where t.state = 'running'
  returning t.name as target
), resumed as (
  update bridge.target t
     set state = 'running', reason = 'back in application.yaml', changed_by = 'application.yaml', since = now()
    from bridge.subscriber s join declared d using (name)
   where t.name = 'subscriber:' || s.id and t.state = 'paused' and d.active
     and t.reason in ('removed from application.yaml', 'no Odoo is configured')
  returning s.id, s.name, s.kind
), done as (
  select id, name, kind, 'created' as act, 'is new in application.yaml' as done, null as why from added
  union all select id, name, kind, 'changed', 'is as application.yaml has it now', null from changed
  union all select id, name, kind, 'paused', 'is paused: ' || why, why
              from to_stop where 'subscriber:' || id in (select target from stopped)
  union all select id, name, kind, 'resumed', 'is resumed: it is back in application.yaml', null from resumed
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload)
  select 'bridge', 'bridge.subscriber.' || act, id::text,
         jsonb_build_object('name', name, 'kind', kind, 'by', 'application.yaml', 'why', why)
    from done order by id
)
select name, done from done order by id
