-- The bridge's own tables, all in schema bridge: the ledger of ingest, targets and subscribers, deliveries, what failed,
-- replays, and the pairing with an Odoo. What changes more often, functions, views, triggers and rights, is in the
-- repeatable migrations beside this file.

create sequence bridge.lease_token;
comment on sequence bridge.lease_token is 'One number for each claimed row, of both queues';

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
comment on column bridge.event_key.event_id is 'The sender''s own id of the event';
comment on column bridge.event_key.body_sha256 is 'Tells a repetition from another event under the same id';
comment on column bridge.event_key.audit_event_id is 'The row that was stored for it';
create index event_key_created on bridge.event_key using brin (created_at);

create table bridge.target (
  name       text primary key,
  state      text        not null default 'running' check (state in ('running', 'paused', 'disabled')),
  reason     text,
  changed_by text,
  since      timestamptz not null default now()
);
comment on table bridge.target is 'Odoo and each subscriber; what all replicas agree on';
comment on column bridge.target.name is 'odoo, or subscriber: and the subscriber''s id; a subscriber without a row is running';
comment on column bridge.target.state is 'running; paused: rows wait; disabled: rows wait and replays make none';
insert into bridge.target (name) values ('odoo');

create table bridge.subscriber (
  id           bigserial   primary key,
  name         text        not null unique,
  kind         text        not null check (kind in ('webhook', 'realtime', 'odoo')),
  url          text,
  event_types  text[]      not null default '{*}',
  sources      text[],
  company      bigint,
  format       text        not null default 'full' check (format in ('full', 'thin')),
  secrets      jsonb       not null default '[]',
  mode         text        not null default 'rest' check (mode in ('rest', 'trigger', 'off')),
  owner        text        not null default 'api' check (owner in ('file', 'api')),
  created_at   timestamptz not null default now(),
  signature    text        not null default 'standard' check (signature in ('standard', 'document')),
  topic        text        not null default 'odoo:{company}:{model}',
  rate         integer     check (rate > 0),
  slots        integer     check (slots > 0),
  updated_at   timestamptz not null default now(),
  left_file_at timestamptz
);
comment on table bridge.subscriber is 'The systems that events are delivered to';
comment on column bridge.subscriber.url is 'Of a webhook only';
comment on column bridge.subscriber.event_types is 'Exact types, prefixes such as res.partner.*, or * for all but the bridge''s own';
comment on column bridge.subscriber.sources is 'Only events from these; null: from all';
comment on column bridge.subscriber.company is 'Only events of this company; null: of all';
comment on column bridge.subscriber.format is 'full, or thin: without payload, to be fetched by id';
comment on column bridge.subscriber.secrets is 'Newest first; each sealed with a key id, or a reference to where it is';
comment on column bridge.subscriber.mode is 'Of a realtime subscriber only: a call, realtime.send in the event''s transaction, or nothing';
comment on column bridge.subscriber.owner is 'Who changes it: application.yaml or the API';
comment on column bridge.subscriber.signature is 'Of a webhook only: Standard Webhooks, or as the original contract signs';
comment on column bridge.subscriber.topic is 'Of a realtime subscriber only';
comment on column bridge.subscriber.rate is 'Messages a second at most, of each instance';
comment on column bridge.subscriber.slots is 'Calls at a time at most, of each instance';
comment on column bridge.subscriber.updated_at is 'Compared by each change, so that two changes at once do not undo each other';
comment on column bridge.subscriber.left_file_at is 'When application.yaml stopped naming it: it belongs to the API since; named again, it is the file''s again, unless it was changed meanwhile';

-- There is one Odoo, and it wants no event twice.
create unique index subscriber_one_odoo on bridge.subscriber (kind) where kind = 'odoo';

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
comment on table bridge.event_delivery is 'One event for one subscriber: a queue with the columns of odoo_action_outbox, and the record of what became of each';
comment on column bridge.event_delivery.target is 'subscriber: and the subscriber''s id';
comment on column bridge.event_delivery.event_created_at is 'Names the event together with event_id, should audit_event be partitioned by time';
comment on column bridge.event_delivery.replay_id is 'The replay that made it; null: the event itself did';
comment on column bridge.event_delivery.status is 'queued, sent (leased to an instance, outcome unknown), delivered or error';
comment on column bridge.event_delivery.ordering_key is 'The lane: rows of one key go one at a time; '''' is unordered';
comment on column bridge.event_delivery.idempotency_key is 'The same each time the event is sent, so that its receiver can drop repetitions';
comment on column bridge.event_delivery.next_attempt_at is 'Not claimed before; infinity is held until an operator releases it';
comment on column bridge.event_delivery.lease_token is 'Fences the outcome: set by the claim, cleared by the ack';

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
-- Whether a later delivery of a lane has been sent, as odoo_action_outbox_record shows it for actions.
create index event_delivery_record on bridge.event_delivery (target, ordering_key, id) where ordering_key <> '';
-- A replay delivers an event once to a subscriber, whatever goes wrong with its cursor.
create unique index event_delivery_replay on bridge.event_delivery (replay_id, event_id, target)
  where replay_id is not null;
create index event_delivery_replay_open on bridge.event_delivery (replay_id, target, status)
  where replay_id is not null and status <> 'delivered';

-- The table is a queue: vacuum it by how much has changed, not by how large it is.
alter table bridge.event_delivery set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
  autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 20000);

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
comment on table bridge.attempt is 'One row for each failed attempt';
comment on column bridge.attempt.queue is 'odoo-actions or event-deliveries';
comment on column bridge.attempt.row_id is 'The row of that queue';
comment on column bridge.attempt.status is 'HTTP status of the answer, if there was one';
comment on column bridge.attempt.class is 'What kind of failure it was, in one word';
comment on column bridge.attempt.excerpt is 'The beginning of the answer, or of the error';
create index attempt_row on bridge.attempt (queue, row_id);

-- Whose fault a failure is: that of the other side, which refused or did not answer, or the bridge's, which could not
-- send. The words are the reasons of outcomes and the classes of attempts. It stands here and not in a repeatable
-- migration, because a stored column is computed with it: to change it is to rewrite the table.
create function bridge.fault(failure text) returns text
language sql immutable set search_path = '' as $$
  select case when failure in ('attempts_spent', 'egress_refused', 'expired', 'instance_restarted', 'lease_ended',
                               'no_outcome', 'not_looked_up', 'route_failed', 'shutting_down', 'subscriber_deleted',
                               'unreadable', 'unsendable')
              then 'bridge' else 'other_side' end
$$;

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
  resolved_at     timestamptz,
  failure         text,
  fault           text        not null generated always as (bridge.fault(coalesce(failure, reason))) stored
);
comment on table bridge.dead_letter is 'What finally failed, until an operator requeues or discards it';
comment on column bridge.dead_letter.queue is 'odoo-actions or event-deliveries';
comment on column bridge.dead_letter.row_id is 'The row of that queue';
comment on column bridge.dead_letter.reason is 'Why it is not tried again, in one word';
comment on column bridge.dead_letter.payload is 'What it carried';
comment on column bridge.dead_letter.key_id is 'Names the key that the payload is encrypted with; null: it is not';
comment on column bridge.dead_letter.resolution is 'What an operator did about it; null: it is open';
comment on column bridge.dead_letter.failure is 'What the last attempt failed with, where the reason is only that there was no time or no attempt left';
comment on column bridge.dead_letter.fault is 'other_side or bridge';
create index dead_letter_row on bridge.dead_letter (queue, row_id);
create index dead_letter_open on bridge.dead_letter (queue, target, ordering_key) where resolution is null;
create index dead_letter_correlation on bridge.dead_letter (correlation_id);
-- The operators' list, newest first, of all or of one target; and the order in which bulk acts walk it.
create index dead_letter_open_id on bridge.dead_letter (id) where resolution is null;
create index dead_letter_open_target on bridge.dead_letter (target, id) where resolution is null;
create index dead_letter_open_row on bridge.dead_letter (queue, row_id, id) where resolution is null;
create index dead_letter_created on bridge.dead_letter using brin (created_at);

create table bridge.replay (
  id             bigserial   primary key,
  status         text        not null default 'running' check (status in ('running', 'paused', 'done', 'cancelled')),
  filter         jsonb       not null,
  subscriber     bigint,
  subscribers    bigint[]    not null,
  rate           integer     not null check (rate > 0),
  cursor         bigint      not null,
  until_id       bigint      not null,
  total          bigint      not null,
  events         bigint      not null default 0,
  deliveries     bigint      not null default 0,
  cancelled      bigint      not null default 0,
  held_back      boolean     not null default false,
  next_at        timestamptz not null default now(),
  who            text        not null,
  why            text        not null,
  correlation_id uuid        not null default gen_random_uuid(),
  created_at     timestamptz not null default now(),
  changed_by     text,
  changed_why    text,
  changed_at     timestamptz,
  finished_at    timestamptz
);
comment on table bridge.replay is 'Jobs that deliver stored events again';
comment on column bridge.replay.filter is 'Which events: a time window, a record, a correlation id, or a list of ids';
comment on column bridge.replay.subscriber is 'The only one it is for; null is everyone who asks for the events';
comment on column bridge.replay.subscribers is 'Who gets something of it, as found when it was made';
comment on column bridge.replay.rate is 'Events a second at most';
comment on column bridge.replay.cursor is 'The last event that was walked';
comment on column bridge.replay.until_id is 'The last event there is to walk; later ones are not part of it';
comment on column bridge.replay.total is 'Events that go to somebody, as counted when it was made';
comment on column bridge.replay.events is 'Those of them that were walked';
comment on column bridge.replay.deliveries is 'Deliveries that it has made';
comment on column bridge.replay.cancelled is 'Those of them that were removed because it was cancelled';
comment on column bridge.replay.held_back is 'Enough of its deliveries wait; it goes on when some are gone';
comment on column bridge.replay.next_at is 'Up to when its rate is used up';

-- A request that is sent twice starts one job.
create unique index replay_unfinished on bridge.replay (md5(filter::text), coalesce(subscriber, 0))
  where status in ('running', 'paused');

-- A copy of either database holds this row, too, and can see that it is not the one that was paired.
create table bridge.pairing (
  the_one       boolean     primary key default true check (the_one),
  fingerprint   text        not null,
  odoo_db_uuid  text,
  odoo_base_url text,
  paired_at     timestamptz not null default now(),
  paired_by     text        not null,
  paired_why    text        not null,
  check ((odoo_db_uuid is null) = (odoo_base_url is null))
);
comment on table bridge.pairing is 'The pair of Odoo and this database, one row';
comment on column bridge.pairing.the_one is 'Always true: there is at most one row';
comment on column bridge.pairing.fingerprint is 'Names this database; a copy of it has another one';
comment on column bridge.pairing.odoo_db_uuid is 'Odoo''s database.uuid; null until an Odoo has named it';
comment on column bridge.pairing.odoo_base_url is 'Where that Odoo is; simulated for the bridge''s own stand-in';
