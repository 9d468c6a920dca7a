-- The document's two tables with the columns it names. Where they exist already, from the original
-- installation, they are kept with their rows; what we add is nullable or defaulted.

set local client_min_messages = warning;

create table if not exists public.audit_event (
  id              bigserial   primary key,
  source          text        not null check (source in ('odoo', 'supabase', 'bridge')),
  event_type      text        not null,
  resource_id     text,
  payload         jsonb       not null default '{}',
  correlation_id  uuid        not null default gen_random_uuid(),
  created_at      timestamptz not null default now()
);

alter table public.audit_event
  add column if not exists occurred_at  timestamptz,
  add column if not exists origin       text,
  add column if not exists origin_seq   bigint,
  add column if not exists causation_id text,
  add column if not exists hop          smallint not null default 0,
  add column if not exists meta         jsonb;

comment on column public.audit_event.origin is 'Identity of the sending system: Odoo''s database.uuid';
comment on column public.audit_event.origin_seq is 'Sequence number within origin';
comment on column public.audit_event.hop is 'How often the bridge has passed this cause on';

create index if not exists audit_event_correlation on public.audit_event (correlation_id);
create index if not exists audit_event_resource on public.audit_event (resource_id, id);
create index if not exists audit_event_created on public.audit_event using brin (created_at);

create table if not exists public.odoo_action_outbox (
  id              bigserial   primary key,
  action          text        not null,
  args            jsonb       not null default '{}',
  status          text        not null default 'queued' check (status in ('queued', 'sent', 'applied', 'error')),
  last_error      text,
  correlation_id  uuid        not null default gen_random_uuid(),
  created_at      timestamptz not null default now(),
  applied_at      timestamptz
);

alter table public.odoo_action_outbox
  add column if not exists target          text        not null default 'odoo',
  add column if not exists ordering_key    text,
  add column if not exists idempotency_key text,
  add column if not exists attempts        integer     not null default 0,
  add column if not exists max_attempts    integer,
  add column if not exists next_attempt_at timestamptz not null default now(),
  add column if not exists not_after       timestamptz,
  add column if not exists lease_token     bigint,
  add column if not exists lease_until     timestamptz,
  add column if not exists locked_by       text,
  add column if not exists response_status integer,
  add column if not exists response_body   text,
  add column if not exists causation_id    text,
  add column if not exists hop             smallint    not null default 0,
  add column if not exists envelope        jsonb;

comment on column public.odoo_action_outbox.ordering_key is 'The lane: rows of one key go one at a time; '''' is unordered';
comment on column public.odoo_action_outbox.next_attempt_at is 'Not claimed before; infinity is held until an operator releases it';
comment on column public.odoo_action_outbox.lease_token is 'Fences the outcome: set by the claim, cleared by the ack';

create schema if not exists bridge;
revoke all on schema bridge from public;
comment on schema bridge is 'Internals of the Odoo bridge; not for the API';

create sequence bridge.lease_token;

-- What a row's lane is, when its producer does not say: the record the action is about. Cut, because an
-- index takes no more than 2.7 kB: two overlong ids may then share a lane, which harms nobody.
create function bridge.ordering_key(action text, args jsonb) returns text
language sql immutable set search_path = '' as $$
  select case
    when jsonb_typeof(args -> 'id') in ('number', 'string') and action like '%.%'
      then left(regexp_replace(action, '\.[^.]*$', '') || ':' || (args ->> 'id'), 500)
    else ''
  end
$$;

-- Rows from before this migration were never read by anything and may be months old: they are held
-- until an operator releases or discards them.
update public.odoo_action_outbox
   set ordering_key    = coalesce(ordering_key, bridge.ordering_key(action, args)),
       idempotency_key = coalesce(idempotency_key, gen_random_uuid()::text),
       correlation_id  = coalesce(correlation_id, gen_random_uuid()),
       next_attempt_at = case when status in ('queued', 'sent') then 'infinity' else next_attempt_at end,
       last_error      = case when status in ('queued', 'sent')
                              then 'held: queued before the bridge was installed; release or discard it' else last_error end,
       status          = case when status = 'sent' then 'queued' else status end
 where ordering_key is null;

-- Each index serves one statement of the queue engine; predicates are literals so that plans can use them.
create index odoo_action_outbox_due on public.odoo_action_outbox (target, next_attempt_at, id)
  where status = 'queued' and ordering_key = '';
create index odoo_action_outbox_lane on public.odoo_action_outbox (target, ordering_key, id)
  where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity';
create unique index odoo_action_outbox_lane_busy on public.odoo_action_outbox (target, ordering_key)
  where status = 'sent' and ordering_key <> '';
create index odoo_action_outbox_held on public.odoo_action_outbox (id)
  where status = 'queued' and next_attempt_at = 'infinity';
create index odoo_action_outbox_lease on public.odoo_action_outbox (lease_until) where status = 'sent';
create unique index odoo_action_outbox_idempotency on public.odoo_action_outbox (idempotency_key);
create index odoo_action_outbox_correlation on public.odoo_action_outbox (correlation_id);
create index odoo_action_outbox_record on public.odoo_action_outbox (ordering_key, id);

create table bridge.event_key (
  source          text        not null,
  event_id        text        not null,
  body_sha256     bytea       not null,
  audit_event_id  bigint      not null,
  correlation_id  uuid        not null,
  created_at      timestamptz not null default now(),
  primary key (source, event_id)
);
comment on table bridge.event_key is 'The dedupe ledger of ingest';
create index event_key_created on bridge.event_key using brin (created_at);

create table bridge.target (
  name       text primary key,
  state      text        not null default 'running' check (state in ('running', 'paused', 'disabled')),
  reason     text,
  changed_by text,
  since      timestamptz not null default now()
);
comment on table bridge.target is 'Odoo and each subscriber; what all replicas agree on';
insert into bridge.target (name) values ('odoo');

create table bridge.subscriber (
  id          bigserial   primary key,
  name        text        not null unique,
  kind        text        not null check (kind in ('webhook', 'realtime', 'odoo')),
  url         text,
  event_types text[]      not null default '{*}',
  sources     text[],
  company     bigint,
  format      text        not null default 'full',
  secrets     jsonb       not null default '[]',
  limits      jsonb       not null default '{}',
  mode        text        not null default 'rest',
  owner       text        not null default 'api' check (owner in ('file', 'api')),
  created_at  timestamptz not null default now()
);

create table bridge.event_delivery (
  id               bigserial   primary key,
  target           text        not null,
  event_id         bigint      not null,
  event_created_at timestamptz not null,
  replay_id        bigint,
  status           text        not null default 'queued' check (status in ('queued', 'sent', 'delivered', 'error')),
  last_error       text,
  correlation_id   uuid        not null,
  created_at       timestamptz not null default now(),
  delivered_at     timestamptz,
  ordering_key     text        not null default '',
  idempotency_key  text        not null,
  attempts         integer     not null default 0,
  max_attempts     integer,
  next_attempt_at  timestamptz not null default now(),
  not_after        timestamptz,
  lease_token      bigint,
  lease_until      timestamptz,
  locked_by        text,
  response_status  integer,
  response_body    text,
  hop              smallint    not null default 0
);
create index event_delivery_due on bridge.event_delivery (target, next_attempt_at, id)
  where status = 'queued' and ordering_key = '';
create index event_delivery_lane on bridge.event_delivery (target, ordering_key, id)
  where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity';
create unique index event_delivery_lane_busy on bridge.event_delivery (target, ordering_key)
  where status = 'sent' and ordering_key <> '';
create index event_delivery_held on bridge.event_delivery (id)
  where status = 'queued' and next_attempt_at = 'infinity';
create index event_delivery_lease on bridge.event_delivery (lease_until) where status = 'sent';
create index event_delivery_event on bridge.event_delivery (event_id);
create index event_delivery_correlation on bridge.event_delivery (correlation_id);

create table bridge.attempt (
  id             bigserial   primary key,
  queue          text        not null,
  row_id         bigint      not null,
  target         text        not null,
  attempt        integer     not null,
  at             timestamptz not null default now(),
  status         integer,
  class          text        not null,
  excerpt        text,
  duration_ms    integer,
  correlation_id uuid
);
comment on table bridge.attempt is 'One row a failed attempt';
create index attempt_row on bridge.attempt (queue, row_id);

create table bridge.dead_letter (
  id              bigserial   primary key,
  queue           text        not null,
  row_id          bigint      not null,
  target          text        not null,
  ordering_key    text        not null,
  reason          text        not null,
  error           text,
  response_status integer,
  response_body   text,
  payload         bytea,
  key_id          text,
  attempts        integer     not null,
  correlation_id  uuid,
  created_at      timestamptz not null default now(),
  resolution      text        check (resolution in ('requeued', 'discarded')),
  resolved_by     text,
  resolved_why    text,
  resolved_at     timestamptz
);
comment on table bridge.dead_letter is 'What finally failed, until an operator requeues or discards it';
create index dead_letter_row on bridge.dead_letter (queue, row_id);
create index dead_letter_open on bridge.dead_letter (queue, target, ordering_key) where resolution is null;
create index dead_letter_correlation on bridge.dead_letter (correlation_id);

-- These tables are queues: vacuum them by what changed, not by how large they are.
alter table public.odoo_action_outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000);
alter table bridge.event_delivery set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000);
