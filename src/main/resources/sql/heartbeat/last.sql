-- How long the last answered heartbeat took: from its action until Odoo had applied it, and from then until Odoo's event was
-- stored, all by this clock. The event may be stored a moment before the outcome is.
select extract(epoch from a.applied_at - a.created_at)::float8 as to_odoo,
       extract(epoch from greatest(e.created_at - a.applied_at, interval '0'))::float8 as from_odoo,
       extract(epoch from now() - e.created_at)::float8 as age
  from (select e.correlation_id, e.created_at from public.audit_event e
         where e.event_type collate "C" = 'bridge.heartbeat' order by e.id desc limit 1) e
  join public.odoo_action_outbox a on a.correlation_id = e.correlation_id and a.action = 'bridge.ping'
 order by a.id limit 1
