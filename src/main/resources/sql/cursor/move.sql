-- Sets a subscriber's position, onward or back, with the audit event, unless restored events were noted since it was
-- computed: the transaction that notes them waits for this one, or this one finds them noted. From there on the events
-- are the subscriber's to read, and none before. The count of moves tells what clients have kept from before.
--
-- The publisher of a stream loses its lease first, so that what it has in flight does not undo the move.
-- Where nobody has held it yet, a lease is made, so that one that is given meanwhile is lost, too.
with taken as (
  insert into bridge.stream_lease (subscriber, token, held_by, lease_until)
  select s.id, nextval('bridge.lease_token'), null, now() from bridge.subscriber s
   where s.id = :subscriber and s.mode = 'stream'
  on conflict (subscriber) do update
     set token = excluded.token, held_by = excluded.held_by, lease_until = excluded.lease_until
  returning subscriber
), moved as (
  insert into bridge.subscriber_position as p (subscriber, restores, xact, id, floor_xact, floor_id)
  select s.id, o.restores, cast(:xact as xid8), cast(:id as bigint), cast(:xact as xid8), cast(:id as bigint)
    from bridge.event_order o
   cross join (select count(*) from taken) fenced
    join bridge.subscriber s on s.id = :subscriber
   where o.restores = :restores
     for share of o
  on conflict (subscriber) do update
     set restores = excluded.restores, xact = excluded.xact, id = excluded.id, saved_at = now(), moves = p.moves + 1,
         floor_xact = excluded.floor_xact, floor_id = excluded.floor_id
  returning p.subscriber, p.moves
), audited as (
  insert into public.audit_event (source, event_type, resource_id, payload)
  select 'bridge', 'bridge.subscriber.moved', s.id::text,
         jsonb_build_object('name', s.name, 'kind', s.kind, 'by', cast(:who as text), 'why', cast(:why as text),
                            'after_event', cast(:id as bigint))
    from moved join bridge.subscriber s on s.id = moved.subscriber
)
select moves from moved
