-- Who may do what with the tables, for Supabase's roles where they exist. Runs again whenever it or the setting
-- bridge.database.authenticated-read (${authenticatedRead}) changes. Tables are listed by name: a new one changes this file,
-- and so gets its rights. Functions and views get theirs where they are made.
set local client_min_messages = warning;

alter table public.audit_event enable row level security;
alter table public.odoo_action_outbox enable row level security;

revoke execute on function bridge.ordering_key(text, jsonb), bridge.fault(text) from public;
-- An empty path would be searched for temporary objects first.
alter function bridge.ordering_key(text, jsonb) set search_path = pg_catalog, pg_temp;
alter function bridge.fault(text) set search_path = pg_catalog, pg_temp;

do $$
declare
  role_name text;
  kept boolean := exists (select from pg_policies where schemaname = 'public' and tablename = 'audit_event'
                             and policyname = 'audit_event_read');
begin
  -- The original's policies that ask for the service role are replaced by ones that name it: the same rights, without a
  -- call of auth.role() for every row.
  drop policy if exists audit_event_insert_edge on public.audit_event;
  drop policy if exists outbox_read_sr on public.odoo_action_outbox;
  drop policy if exists outbox_write_sr on public.odoo_action_outbox;
  drop policy if exists outbox_update_sr on public.odoo_action_outbox;
  drop policy if exists bridge_service on public.audit_event;
  drop policy if exists bridge_service on public.odoo_action_outbox;
  drop policy if exists bridge_read on public.audit_event;
  if kept then
    drop policy audit_event_read on public.audit_event;
    if exists (select from pg_roles where rolname = 'authenticated') then
      create policy audit_event_read on public.audit_event for select to authenticated using (true);
    end if;
  end if;

  foreach role_name in array array['anon', 'authenticated'] loop
    if exists (select from pg_roles where rolname = role_name) then
      execute format('revoke all on public.odoo_action_outbox from %I', role_name);
      execute format('revoke all on sequence public.audit_event_id_seq, public.odoo_action_outbox_id_seq from %I', role_name);
      execute format('revoke all on all functions in schema bridge from %I', role_name);
      if kept and role_name = 'authenticated' then
        revoke insert, update, delete, truncate, references, trigger on public.audit_event from authenticated;
        raise warning 'the policy audit_event_read of an earlier installation is kept: signed-in users may still read audit_event; drop the policy to end that';
      else
        execute format('revoke all on public.audit_event from %I', role_name);
      end if;
    end if;
  end loop;

  if exists (select from pg_roles where rolname = 'service_role') then
    -- The audit is append-only for everyone but its owner; Supabase's default rights said otherwise. Retention runs as
    -- the owner.
    revoke update, delete, truncate, references, trigger on public.audit_event from service_role;
    grant select on public.audit_event to service_role;
    -- All but the transaction: readers go on by it, and one that was made up would stand before or behind what they read.
    -- The id, which a bridge of this role draws by itself, moves an event only within its transaction.
    revoke insert on public.audit_event from service_role;
    grant insert (id, source, event_type, resource_id, payload, correlation_id, created_at, occurred_at, origin, origin_seq,
      causation_id, hop, meta) on public.audit_event to service_role;
    grant select, insert, update, delete on public.odoo_action_outbox to service_role;
    grant usage, select on sequence public.audit_event_id_seq, public.odoo_action_outbox_id_seq to service_role;
    grant usage on schema bridge to service_role;
    grant select, insert, update, delete on bridge.event_key, bridge.target, bridge.subscriber, bridge.event_delivery,
      bridge.attempt, bridge.dead_letter, bridge.replay, bridge.pairing, bridge.instance, bridge.refusal_count, bridge.incident,
      bridge.replica, bridge.event_order, bridge.subscriber_position, bridge.stream_lease
      to service_role;
    grant select on bridge.flyway_schema_history to service_role;
    grant usage, select on all sequences in schema bridge to service_role;
    grant execute on function bridge.ordering_key(text, jsonb), bridge.fault(text), bridge.present_replicas() to service_role;
    create policy bridge_service on public.audit_event for all to service_role using (true) with check (true);
    create policy bridge_service on public.odoo_action_outbox for all to service_role using (true) with check (true);
  end if;

  if exists (select from pg_roles where rolname = 'authenticated') and not kept and '${authenticatedRead}' <> 'none' then
    if '${authenticatedRead}' = 'all' then
      grant select on public.audit_event to authenticated;
    else
      grant select (id, source, event_type, resource_id, correlation_id, created_at, occurred_at) on public.audit_event to authenticated;
    end if;
    create policy bridge_read on public.audit_event for select to authenticated using (true);
  end if;
end $$;
