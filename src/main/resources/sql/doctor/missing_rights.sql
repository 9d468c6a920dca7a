-- The rights on our tables that this user lacks. A table that does not exist counts as well: to_regclass is null for
-- it.
select n.name || ': ' || string_agg(p.privilege, ', ') as missing
  from (values ('public.audit_event'), ('public.odoo_action_outbox'), ('bridge.event_key'), ('bridge.target'),
               ('bridge.event_delivery'), ('bridge.subscriber'), ('bridge.attempt'), ('bridge.dead_letter'), ('bridge.replay'),
               ('bridge.pairing'), ('bridge.instance'), ('bridge.refusal_count'), ('bridge.incident')) as n(name)
 cross join (values ('select'), ('insert'), ('update'), ('delete')) as p(privilege)
 where not (n.name = 'public.audit_event' and p.privilege in ('update', 'delete'))
   and coalesce(case when n.name = 'public.audit_event' and p.privilege = 'insert'
                     then has_any_column_privilege(to_regclass(n.name), p.privilege)
                     else has_table_privilege(to_regclass(n.name), p.privilege) end, false) is false
 group by n.name
 order by n.name
