-- Queues the heartbeat's action. Its key names the period, so that replicas queue one. Not while the last one is
-- unfinished, or a dead letter that nobody has settled, nor while Odoo is stopped: they would only pile up.
insert into public.odoo_action_outbox (action, args, ordering_key, idempotency_key)
select 'bridge.ping', '{"heartbeat": true}', '', period.key
  from (select 'heartbeat-' || floor(extract(epoch from now()) / cast(:#every_s as float8))::bigint as key) period
 where not exists (select from public.odoo_action_outbox a where a.idempotency_key = period.key)
   and not exists (select from bridge.target_stop s where s.target = 'odoo')
   and not exists (
     select from (
       select a.id, a.status from public.odoo_action_outbox a
        where a.action collate "C" = 'bridge.ping' and a.idempotency_key like 'heartbeat-%'
        order by a.id desc limit 1) last
      where last.status in ('queued', 'sent')
         or last.status = 'error' and exists (
              select from bridge.dead_letter l
               where l.resolution is null and l.queue = 'odoo-actions' and l.row_id = last.id))
on conflict (idempotency_key) do nothing
