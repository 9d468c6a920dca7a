-- What the roles of Supabase's API could reach and must not, one line each: users anything, the service the audit's past.
select 'row level security is off on public.' || c.relname as finding
  from pg_class c
 where c.oid in ('public.audit_event'::regclass, 'public.odoo_action_outbox'::regclass) and not c.relrowsecurity
union all
select r.rolname || ' may ' || t.privilege || ' ' || t.name
  from pg_roles r
 cross join (values ('public.audit_event', 'insert'), ('public.audit_event', 'update'), ('public.audit_event', 'delete'),
                    ('public.audit_event', 'truncate'), ('public.odoo_action_outbox', 'truncate'),
                    ('public.odoo_action_outbox', 'select'), ('public.odoo_action_outbox', 'insert'),
                    ('public.odoo_action_outbox', 'update'), ('public.odoo_action_outbox', 'delete')) as t(name, privilege)
 where r.rolname in ('anon', 'authenticated') and has_table_privilege(r.oid, t.name, t.privilege)
union all
select 'service_role may ' || p.privilege || ' public.audit_event, which is append-only'
  from pg_roles r
 cross join (values ('update'), ('delete'), ('truncate')) as p(privilege)
 where r.rolname = 'service_role' and has_table_privilege(r.oid, 'public.audit_event', p.privilege)
union all
select r.rolname || ' may use schema bridge'
  from pg_roles r
 where r.rolname in ('anon', 'authenticated') and has_schema_privilege(r.oid, 'bridge', 'usage')
