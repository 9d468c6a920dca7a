-- The distinct actions that Odoo must know: queued ones, and dead ones that nobody has dealt with. UNION makes them
-- distinct, so that each side keeps its partial index.
select action
  from public.odoo_action_outbox
 where status = 'queued' and target = 'odoo'
 union
select o.action
  from bridge.dead_letter d
  join public.odoo_action_outbox o on o.id = d.row_id
 where d.queue = 'odoo-actions' and d.target = 'odoo' and d.resolution is null
 order by action
