-- What the queue engine keeps besides: which rows of a lane a claim need not look at, attempts that ended without an
-- outcome, and which instances are alive. The table of actions outlives the schema bridge, hence "if not exists".
set local client_min_messages = warning;

alter table public.odoo_action_outbox
  add column if not exists unreported integer  not null default 0,
  add column if not exists waits      smallint not null default 0;
alter table bridge.event_delivery
  add column unreported integer  not null default 0,
  add column waits      smallint not null default 0;

comment on column public.odoo_action_outbox.unreported is 'Attempts since the last outcome whose worker did not report back; they do not count as attempts';
comment on column public.odoo_action_outbox.waits is 'For the claim: 0 may be next in its lane; 1 waits for next_attempt_at; 2 is behind a row that waits. The order within a lane does not depend on it';
comment on column bridge.event_delivery.unreported is 'Attempts since the last outcome whose worker did not report back; they do not count as attempts';
comment on column bridge.event_delivery.waits is 'For the claim: 0 may be next in its lane; 1 waits for next_attempt_at; 2 is behind a row that waits. The order within a lane does not depend on it';

-- Lanes that a claim looks at, oldest retries first, and those it does not look at. Predicates are literals, so that plans
-- can use them.
create index if not exists odoo_action_outbox_ready on public.odoo_action_outbox (target, ordering_key, id)
  where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity' and waits = 0;
create index if not exists odoo_action_outbox_retry on public.odoo_action_outbox (target, next_attempt_at, id)
  where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity' and waits = 1;
create index if not exists odoo_action_outbox_behind on public.odoo_action_outbox (target, ordering_key, id)
  where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity' and waits = 2;
create index event_delivery_ready on bridge.event_delivery (target, ordering_key, id)
  where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity' and waits = 0;
create index event_delivery_retry on bridge.event_delivery (target, next_attempt_at, id)
  where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity' and waits = 1;
create index event_delivery_behind on bridge.event_delivery (target, ordering_key, id)
  where status = 'queued' and ordering_key <> '' and next_attempt_at < 'infinity' and waits = 2;

-- Rows that came while triggers were off, as after pg_restore --disable-triggers.
create index if not exists odoo_action_outbox_incomplete on public.odoo_action_outbox (id)
  where status = 'queued' and (ordering_key is null or idempotency_key is null);

create table bridge.instance (
  name  text        primary key,
  since timestamptz not null default now()
);
comment on table bridge.instance is 'Instances that hold an advisory lock for as long as they live; one that is listed without its lock is gone';
