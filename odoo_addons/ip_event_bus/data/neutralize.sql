-- A copy for testing must neither call the bridge nor be called by it.
DELETE FROM ir_config_parameter
 WHERE key IN ('ip.ingest.url', 'ip.ingest.token')
    OR key LIKE 'ip.hmac.secret%'
    OR key LIKE 'ip.odoo.api\_key%';

UPDATE ip_bridge
   SET state = 'paused', fault = 'neutralized', fault_detail = NULL;

-- The original database sends these itself.
UPDATE ip_event
   SET state = 'discarded', last_error = 'neutralized'
 WHERE state = 'pending';
