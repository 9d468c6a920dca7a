-- Fills in what is not known yet, of the database or of Odoo. What is known stays, even if two instances come at once.
-- A simulated Odoo needs no protection: the first real one replaces it.
insert into bridge.pairing as p (fingerprint, odoo_db_uuid, odoo_base_url, paired_by, paired_why)
values (:fingerprint, :db_uuid::text, :base_url::text, 'bridge', 'the first to be met')
on conflict (the_one) do update
   set odoo_db_uuid = excluded.odoo_db_uuid, odoo_base_url = excluded.odoo_base_url, paired_at = now(),
       paired_by = excluded.paired_by, paired_why = excluded.paired_why
 where excluded.odoo_db_uuid is not null and (p.odoo_db_uuid is null or p.odoo_base_url = 'simulated')
