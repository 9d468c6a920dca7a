-- Whether the queues run. A stopped subscriber holds up no other one, so their queue is paused only when all of them
-- are stopped.
select coalesce(odoo.state, 'running') as odoo_actions, odoo.reason as odoo_reason, odoo.changed_by as odoo_changed_by,
       odoo.since as odoo_since,
       case when stopped > 0 and stopped = everybody then 'paused' else 'running' end as event_deliveries,
       stopped as stopped_subscribers,
       -- Of this transaction: it covers a standby, and the default that Supabase sets when the disk is full.
       current_setting('transaction_read_only') = 'off' as writable
  from (select count(*) as everybody, count(stop.target) as stopped
          from bridge.subscriber s left join bridge.target_stop stop on stop.target = 'subscriber:' || s.id) counted
  left join bridge.target_stop odoo on odoo.target = 'odoo'
