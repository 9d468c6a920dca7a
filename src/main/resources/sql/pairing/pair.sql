-- Pairs as an operator asked, and resumes what was paused because this database was a copy.
with before as (
  select odoo_db_uuid, odoo_base_url, fingerprint, paired_at, paired_by from bridge.pairing
), paired as (
  insert into bridge.pairing as p (fingerprint, odoo_db_uuid, odoo_base_url, paired_by, paired_why)
  values (:fingerprint, :db_uuid::text, :base_url::text, :who, :why)
  on conflict (the_one) do update
     set fingerprint = excluded.fingerprint, odoo_db_uuid = excluded.odoo_db_uuid, odoo_base_url = excluded.odoo_base_url,
         paired_at = now(), paired_by = excluded.paired_by, paired_why = excluded.paired_why
  returning p.odoo_db_uuid, p.odoo_base_url, p.fingerprint
), resumed as (
  update bridge.target set state = 'running', reason = :why, changed_by = :who, since = now()
   where state = 'paused' and changed_by = 'pairing'
  returning name
)
insert into public.audit_event (source, event_type, resource_id, payload)
select 'bridge', 'bridge.paired', p.odoo_db_uuid,
       jsonb_build_object('who', :who, 'why', :why, 'odoo_db_uuid', p.odoo_db_uuid, 'odoo_base_url', p.odoo_base_url,
                          'database', left(p.fingerprint, 12), 'resumed', (select count(*) from resumed),
                          'before', (select jsonb_build_object('odoo_db_uuid', b.odoo_db_uuid, 'odoo_base_url', b.odoo_base_url,
                                            'database', left(b.fingerprint, 12), 'paired_at', b.paired_at,
                                            'paired_by', b.paired_by) from before b))
  from paired p
