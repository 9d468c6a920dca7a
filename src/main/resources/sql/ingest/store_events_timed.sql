-- The same as store_events.sql, for a batch with an event whose key holds for a while only: one that is older than its
-- time is taken over by the new event. Such keys come after all others, which is why they count those: the order of
-- locks is the same in both statements, and two instances cannot deadlock. A statement of its own, because a batch
-- without such an event should cost nothing for it.
with incoming as materialized (
  select nextval('public.audit_event_id_seq') as id, e.*
    from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::text[], ?::text[],
                ?::bigint[], ?::text[], ?::smallint[], ?::text[], ?::text[], ?::float8[])
         with ordinality as e (source, event_id, event_type, resource_id, payload, correlation_id, occurred_at, origin,
                origin_seq, causation_id, hop, meta, body_sha256, repeat_s, place)
),
fresh as (
  insert into bridge.event_key (source, event_id, body_sha256, audit_event_id, correlation_id)
  select source, event_id, decode(body_sha256, 'hex'), id, correlation_id
    from incoming
   where event_id is not null and repeat_s is null
   order by source, event_id
  on conflict do nothing
  returning audit_event_id
),
fresh_for_a_while as (
  insert into bridge.event_key as k (source, event_id, body_sha256, audit_event_id, correlation_id)
  select source, event_id, decode(body_sha256, 'hex'), id, correlation_id
    from incoming
   where repeat_s is not null and (select count(*) from fresh) >= 0
   order by source, event_id
  on conflict (source, event_id) do update
     set body_sha256 = excluded.body_sha256, audit_event_id = excluded.audit_event_id,
         correlation_id = excluded.correlation_id, created_at = excluded.created_at
   where k.created_at < excluded.created_at - make_interval(secs => (select max(repeat_s) from incoming))
  returning audit_event_id
),
stored as (
  insert into public.audit_event (id, source, event_type, resource_id, payload, correlation_id, occurred_at, origin,
                                  origin_seq, causation_id, hop, meta)
  select id, source, event_type, resource_id, payload::jsonb, correlation_id, occurred_at::timestamptz, origin,
         origin_seq, causation_id, hop, meta::jsonb
    from incoming
   where event_id is null
      or id in (select audit_event_id from fresh union all select audit_event_id from fresh_for_a_while)
   order by id
  returning id
)
select i.place, s.id
  from incoming i
  left join stored s using (id)
