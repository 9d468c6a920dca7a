-- Stores a batch of events in one statement, which is its own transaction: one round trip however many events. Ids are
-- drawn in order of arrival, so that events of one record keep their order; keys go in by (source, event_id), so that
-- two instances with the same ids cannot deadlock. Returns each event's place in the batch, with an id if it is new and
-- without one if its key existed.
with incoming as materialized (
  select nextval('public.audit_event_id_seq') as id, e.*
    from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::text[], ?::text[],
                ?::bigint[], ?::text[], ?::smallint[], ?::text[], ?::text[])
         with ordinality as e (source, event_id, event_type, resource_id, payload, correlation_id, occurred_at, origin,
                origin_seq, causation_id, hop, meta, body_sha256, place)
),
fresh as (
  insert into bridge.event_key (source, event_id, body_sha256, audit_event_id, correlation_id)
  select source, event_id, decode(body_sha256, 'hex'), id, correlation_id
    from incoming
   where event_id is not null
   order by source, event_id
  on conflict do nothing
  returning audit_event_id
),
stored as (
  insert into public.audit_event (id, source, event_type, resource_id, payload, correlation_id, occurred_at, origin,
                                  origin_seq, causation_id, hop, meta)
  select id, source, event_type, resource_id, payload::jsonb, correlation_id, occurred_at::timestamptz, origin,
         origin_seq, causation_id, hop, meta::jsonb
    from incoming
   where event_id is null or id in (select audit_event_id from fresh)
   order by id
  returning id
)
select i.place, s.id
  from incoming i
  left join stored s using (id)
