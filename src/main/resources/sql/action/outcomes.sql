-- The finished ones among the actions that callers wait for: one statement for all of them, whichever instance settled
-- them.
select row.id, row.status, row.last_error, row.response_status, row.response_body,
       (select letter.reason from bridge.dead_letter letter
         where letter.queue = 'odoo-actions' and letter.row_id = row.id
         order by letter.id desc limit 1) as reason
  from public.odoo_action_outbox row
 where row.id in (:ids) and row.status in ('applied', 'error')
