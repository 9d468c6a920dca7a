-- Whether the queues run. A stopped subscriber holds up no other one, so their queue is paused only when all of them
-- are stopped.
select coalesce((select state from bridge.target where name = 'odoo'), 'running') as odoo_actions,
       case when stopped > 0 and stopped = everybody then 'paused' else 'running' end as event_deliveries,
       stopped as stopped_subscribers,
       -- Of this transaction: it covers a standby, and the default that Supabase sets when the disk is full.
       current_setting('transaction_read_only') = 'off' as writable
  from (select count(*) as everybody, count(*) filter (where t.state <> 'running') as stopped
          from bridge.subscriber s left join bridge.target t on t.name = 'subscriber:' || s.id) counted
