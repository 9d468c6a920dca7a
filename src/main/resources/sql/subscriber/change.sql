-- Changes a subscriber, only if it is as it was when the change was made up: two changes at once must not undo each
-- other. The end returns why nothing was changed.
with wanted as (
  select d.*
    from jsonb_to_record(cast(:#columns as jsonb)) as d(name text, url text, event_types text[], sources text[],
         company bigint, format text, signature text, mode text, topic text, rate integer, slots integer, tls jsonb,
         filter text, fields text[])
), before as materialized (
  select s.id, s.owner, s.updated_at,
         exists (select from bridge.subscriber o where o.name = w.name and o.id <> s.id) as name_taken
    from bridge.subscriber s, wanted w where s.id = cast(:#id as bigint) for update of s
), changed as (
  update bridge.subscriber s
     set (name, url, event_types, sources, company, format, signature, mode, topic, rate, slots, tls, filter,
          fields)
         = (w.name, w.url, w.event_types, w.sources, w.company, w.format, w.signature, w.mode, w.topic, w.rate, w.slots, w.tls,
            w.filter, w.fields),
         headers = cast(:#headers as jsonb), left_file_at = null, updated_at = clock_timestamp()
    from before b, wanted w
   where s.id = b.id and b.owner = 'api' and not b.name_taken and b.updated_at = cast(:#seen as timestamptz)
  returning s.id, s.name
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload)
  select 'bridge', 'bridge.subscriber.changed', id::text, cast(:#facts as jsonb) from changed
)
select case when exists (select from changed) then 'done'
            when b.owner = 'file' then 'owned_by_file'
            when b.name_taken then 'name_taken'
            else 'changed_meanwhile' end as word, b.id
  from before b
