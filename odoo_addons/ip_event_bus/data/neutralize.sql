-- a copy for tests must not speak with the bridge, nor act for it
DELETE FROM ir_config_parameter
 WHERE key IN ('ip.ingest.url', 'ip.ingest.token')
    OR key LIKE 'ip.hmac.secret%'
    OR key LIKE 'ip.odoo.api\_key%';

UPDATE ip_bridge
   SET state = 'paused', fault = 'neutralized', fault_detail = NULL;

-- the original sends these itself
UPDATE ip_event
   SET state = 'discarded', last_error = 'neutralized'
 WHERE state = 'pending';
