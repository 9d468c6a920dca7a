-- The worst state among a queue's targets, which in the order of the alphabet is the first; a queue without
-- any target runs.
select queue.name, coalesce(min(target.state), 'running') as state
  from (values ('odoo-actions'), ('event-deliveries')) queue (name)
  left join bridge.target target on (queue.name = 'odoo-actions') = (target.name = 'odoo')
 group by queue.name
