-- What the original installation left behind, rebuilt from its description: Supabase's auth.role(), its
-- two tables with their indexes and policies, and rows.
create schema auth;
grant usage on schema auth to anon, authenticated, service_role;
create function auth.role() returns text language sql stable as $$
  select nullif(current_setting('request.jwt.claims', true), '')::json ->> 'role'
$$;

create table public.audit_event (
  id bigserial primary key,
  source text not null check (source in ('odoo', 'supabase', 'bridge')),
  event_type text not null,
  resource_id text,
  payload jsonb not null,
  correlation_id uuid default gen_random_uuid(),
  created_at timestamptz not null default now()
);
create index idx_audit_event_created on public.audit_event (created_at desc);
create index idx_audit_event_type on public.audit_event (event_type);
create index idx_audit_event_correlation on public.audit_event (correlation_id);
create index idx_audit_event_source on public.audit_event (source);

create table public.odoo_action_outbox (
  id bigserial primary key,
  action text not null,
  args jsonb not null,
  status text not null default 'queued' check (status in ('queued', 'sent', 'applied', 'error')),
  last_error text,
  correlation_id uuid default gen_random_uuid(),
  created_at timestamptz not null default now(),
  applied_at timestamptz
);
create index idx_outbox_status on public.odoo_action_outbox (status);
create index idx_outbox_created on public.odoo_action_outbox (created_at desc);
create index idx_outbox_correlation on public.odoo_action_outbox (correlation_id);

-- What Supabase granted on every new table of public, until 2026.
grant all on public.audit_event, public.odoo_action_outbox to anon, authenticated, service_role;
grant all on all sequences in schema public to anon, authenticated, service_role;

alter table public.audit_event enable row level security;
alter table public.odoo_action_outbox enable row level security;
create policy audit_event_read on public.audit_event for select using (auth.role() in ('authenticated', 'service_role'));
create policy audit_event_insert_edge on public.audit_event for insert with check (auth.role() = 'service_role');
create policy outbox_read_sr on public.odoo_action_outbox for select using (auth.role() = 'service_role');
create policy outbox_write_sr on public.odoo_action_outbox for insert with check (auth.role() = 'service_role');
create policy outbox_update_sr on public.odoo_action_outbox for update using (auth.role() = 'service_role');

insert into public.audit_event (source, event_type, resource_id, payload, correlation_id) values
  ('odoo', 'res.partner.updated', '42', '{"name": "Acme"}', 'aaaaaaaa-0000-4000-8000-000000000001'),
  ('odoo', 'sale.order.created', '', '{}', null);
insert into public.odoo_action_outbox (action, args, status, last_error, correlation_id, applied_at) values
  ('account.move.post', '{"id": 1234}', 'queued', null, 'aaaaaaaa-0000-4000-8000-000000000002', null),
  ('res.partner.update', '{"id": 42, "values": {}}', 'sent', null, null, null),
  ('account.move.post', '{"id": 7}', 'applied', null, gen_random_uuid(), '2025-11-09T00:00:00Z'),
  ('account.move.post', '{"id": 8}', 'error', 'it broke', gen_random_uuid(), null);
