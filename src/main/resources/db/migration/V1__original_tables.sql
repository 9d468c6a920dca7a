-- The two tables of the original contract, with the columns that the queue and the audit trail need besides. Where an
-- original installation has made them already, they are kept with their rows: what is added is nullable or has a default.
set local client_min_messages = warning;

create schema if not exists bridge;
revoke all on schema bridge from public;
comment on schema bridge is 'Internals of the Odoo bridge; not for the API';

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

comment on table public.audit_event is 'Everything that happened, append-only: events of Odoo and Supabase, and what the bridge did';
comment on column public.audit_event.source is 'Which system it happened in';
comment on column public.audit_event.event_type is 'Model and verb, such as res.partner.updated';
comment on column public.audit_event.resource_id is 'Id of the record it is about';
comment on column public.audit_event.payload is 'What happened, as the sender put it';
comment on column public.audit_event.correlation_id is 'Shared by everything that belongs to one business process';
comment on column public.audit_event.created_at is 'When it was stored';
comment on column public.audit_event.occurred_at is 'When it happened, by the sender''s clock';
comment on column public.audit_event.origin is 'Identity of the sending system: Odoo''s database.uuid';
comment on column public.audit_event.origin_seq is 'Sequence number within origin';
comment on column public.audit_event.causation_id is 'What caused it: a correlation id, or the id of an event';
comment on column public.audit_event.hop is 'How often the bridge has passed this cause on';
comment on column public.audit_event.meta is 'What else the sender said about it: changed fields, company, user, transaction, origin';

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

comment on table public.odoo_action_outbox is 'Actions for Odoo: a queue, and the record of what became of each';
comment on column public.odoo_action_outbox.action is 'Model and verb, such as account.move.post';
comment on column public.odoo_action_outbox.args is 'What the action needs; id names the record it is about';
comment on column public.odoo_action_outbox.status is 'queued, sent (leased to an instance, outcome unknown), applied or error';
comment on column public.odoo_action_outbox.last_error is 'Why the last attempt failed, or why it is held';
comment on column public.odoo_action_outbox.correlation_id is 'Shared by everything that belongs to one business process';
comment on column public.odoo_action_outbox.applied_at is 'When Odoo had applied it';
comment on column public.odoo_action_outbox.target is 'Where it goes: a row of bridge.target';
comment on column public.odoo_action_outbox.ordering_key is 'The lane: rows of one key go one at a time; '''' is unordered';
comment on column public.odoo_action_outbox.idempotency_key is 'Odoo applies one key once, however often it is sent';
comment on column public.odoo_action_outbox.attempts is 'How often it was claimed';
comment on column public.odoo_action_outbox.max_attempts is 'How often at most; null: as the route has it';
comment on column public.odoo_action_outbox.next_attempt_at is 'Not claimed before; infinity is held until an operator releases it';
comment on column public.odoo_action_outbox.not_after is 'Not sent after this time; it becomes a dead letter';
comment on column public.odoo_action_outbox.lease_token is 'Fences the outcome: set by the claim, cleared by the ack';
comment on column public.odoo_action_outbox.lease_until is 'When another instance may take it over';
comment on column public.odoo_action_outbox.locked_by is 'The instance that holds the lease';
comment on column public.odoo_action_outbox.response_status is 'HTTP status of Odoo''s last answer';
comment on column public.odoo_action_outbox.response_body is 'Odoo''s last answer, shortened';
comment on column public.odoo_action_outbox.causation_id is 'What caused it: a correlation id, or the id of an event';
comment on column public.odoo_action_outbox.hop is 'How often the bridge has passed this cause on';
comment on column public.odoo_action_outbox.envelope is 'Fields that Odoo gets beside the action and its arguments';

-- The lane of an action whose producer names none: the record it is about. Shortened, because an index takes no more than
-- 2.7 kB: two overlong ids may then share a lane, which does no harm. It stands here and not in a repeatable migration,
-- because the statement below needs it; rows keep the lane that they were given.
create or replace function bridge.ordering_key(action text, args jsonb) returns text
language sql immutable set search_path = '' as $$
  select case
    when jsonb_typeof(args -> 'id') in ('number', 'string') and action like '%.%'
      then left(regexp_replace(action, '\.[^.]*$', '') || ':' || (args ->> 'id'), 500)
    else ''
  end
$$;

-- Nothing has ever read the rows of an original installation, and they may be months old: they are held until an operator
-- releases or discards them.
update public.odoo_action_outbox
   set ordering_key    = coalesce(ordering_key, bridge.ordering_key(action, args)),
       idempotency_key = coalesce(idempotency_key, gen_random_uuid()::text),
       correlation_id  = coalesce(correlation_id, gen_random_uuid()),
       next_attempt_at = case when status in ('queued', 'sent') then 'infinity' else next_attempt_at end,
       last_error      = case when status in ('queued', 'sent')
                              then 'held: queued before the bridge was installed; release or discard it' else last_error end,
       status          = case when status = 'sent' then 'queued' else status end
 where ordering_key is null;

-- Each index serves one statement in sql/queue or one look-up. Predicates are literals, so that plans can use them.
create index if not exists odoo_action_outbox_due on public.odoo_action_outbox (target, next_attempt_at, id)
  where status = 'queued' and ordering_key = '';
create index if not exists odoo_action_outbox_lane on public.odoo_action_outbox (target, ordering_key, id)
  where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity';
create unique index if not exists odoo_action_outbox_lane_busy on public.odoo_action_outbox (target, ordering_key)
  where status = 'sent' and ordering_key <> '';
create index if not exists odoo_action_outbox_held on public.odoo_action_outbox (id)
  where status = 'queued' and next_attempt_at = 'infinity';
create index if not exists odoo_action_outbox_lease on public.odoo_action_outbox (lease_until) where status = 'sent';
create unique index if not exists odoo_action_outbox_idempotency on public.odoo_action_outbox (idempotency_key);
create index if not exists odoo_action_outbox_correlation on public.odoo_action_outbox (correlation_id);
create index if not exists odoo_action_outbox_record on public.odoo_action_outbox (ordering_key, id);
-- For callers that follow the table: they look at its newest seconds for gaps in the ids.
create index if not exists odoo_action_outbox_created on public.odoo_action_outbox using brin (created_at);

-- The table is a queue: vacuum it by how much has changed, not by how large it is.
alter table public.odoo_action_outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000);
