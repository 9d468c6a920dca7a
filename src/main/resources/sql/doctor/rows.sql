-- What waits for a person, counted from the partial indexes.
select (select count(*) from public.odoo_action_outbox where status = 'queued' and next_attempt_at = 'infinity') as held,
       (select count(*) from public.odoo_action_outbox
         where status = 'queued' and next_attempt_at < now() - interval '15 minutes') as overdue,
       (select count(*) from bridge.dead_letter where resolution is null) as dead,
       (select string_agg(name || ' (' || coalesce(reason, state) || coalesce(', by ' || changed_by, '') || ')', ', ')
          from bridge.target where state <> 'running') as stopped
