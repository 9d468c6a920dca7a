-- Removes instances that are gone and have left nothing behind.
delete from bridge.instance i
 where i.name = any(array[:gone]::text[])
   and (select 1 from public.odoo_action_outbox o
         where o.status = 'sent' and o.locked_by = i.name order by o.lease_until limit 1) is null
   and (select 1 from bridge.event_delivery d
         where d.status = 'sent' and d.locked_by = i.name order by d.lease_until limit 1) is null
