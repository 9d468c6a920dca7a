-- Completes actions that came while triggers were off, as after pg_restore --disable-triggers or by logical replication:
-- without a lane and a key no claim takes them. The same rules as in bridge.complete_action.
with bare as materialized (
  select id from public.odoo_action_outbox
   where status = 'queued' and (ordering_key is null or idempotency_key is null)
   order by id limit 1000 for update skip locked
), completed as (
  update public.odoo_action_outbox o
     set ordering_key    = left(coalesce(o.ordering_key, bridge.ordering_key(o.action, o.args)), 500),
         idempotency_key = coalesce(o.idempotency_key, gen_random_uuid()::text)
   where o.id = any(array(select id from bare))
  returning o.id
)
select count(*) from completed
