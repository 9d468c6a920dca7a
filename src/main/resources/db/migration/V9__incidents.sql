-- What needs a person, over all replicas and restarts: one row for each kind and subject that is not closed.
create table bridge.incident (
  id             bigserial   primary key,
  kind           text        not null,
  subject        text        not null,
  name           text        not null,
  found          text        not null,
  remedy         text        not null,
  page           text        not null,
  since          timestamptz not null,
  seen_by        text        not null,
  first_seen_at  timestamptz not null default now(),
  last_seen_at   timestamptz not null default now(),
  gone_at        timestamptz,
  opened_at      timestamptz,
  closed_at      timestamptz,
  correlation_id uuid        not null default gen_random_uuid(),
  check (closed_at is null or opened_at is not null)
);
comment on table bridge.incident is 'What needs a person: conditions that hold, those that held for long enough to be reported, and those that are over';
comment on column bridge.incident.subject is 'What it is about: a target such as odoo or subscriber:7, or database, routes';
comment on column bridge.incident.name is 'The subject''s name for people';
comment on column bridge.incident.found is 'What was found when it was last seen';
comment on column bridge.incident.page is 'The page of Hawtio''s tab, with its query';
comment on column bridge.incident.since is 'Since when the condition holds, which may be longer than it is known';
comment on column bridge.incident.seen_by is 'The instance that saw it last: some conditions are those of one instance';
comment on column bridge.incident.gone_at is 'Since when it is not seen any more; null: it is seen';
comment on column bridge.incident.opened_at is 'When it was reported; null: it does not hold for long enough yet';
comment on column bridge.incident.correlation_id is 'That of both of its events, bridge.alert.opened and bridge.alert.closed';

-- One at a time, whichever replica looks.
create unique index incident_one on bridge.incident (kind, subject) where closed_at is null;
create index incident_closed on bridge.incident (closed_at) where closed_at is not null;
