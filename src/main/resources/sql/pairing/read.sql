-- The pair, if there is one yet.
select fingerprint, odoo_db_uuid, odoo_base_url, paired_at, paired_by, paired_why from bridge.pairing
