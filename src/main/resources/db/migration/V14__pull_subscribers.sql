-- Subscribers that fetch their events, and how far readers of the events have come.
set local client_min_messages = warning;

alter table bridge.subscriber
  drop constraint subscriber_kind_check,
  add constraint subscriber_kind_check check (kind in ('webhook', 'realtime', 'odoo', 'kafka', 'pull'));

-- They go on in the order of (xact, id).
create table bridge.event_order (
  the_one          boolean     primary key default true check (the_one),
  restores         integer     not null default 0,
  restored_through bigint      not null default 0,
  restored_xact    xid8        not null default '0',
  from_xact        xid8        not null default '0',
  server           text,
  noted_at         timestamptz
);
comment on table bridge.event_order is 'Which events came with a restored dump, one row: their transactions are those of another server, so they are read by id, before all others';
comment on column bridge.event_order.the_one is 'Always true: there is one row';
comment on column bridge.event_order.restores is 'How often restored events were found; a position of an earlier count is out of date';
comment on column bridge.event_order.restored_through is 'The last id that is read by id; 0 is none';
comment on column bridge.event_order.restored_xact is 'The highest transaction among those events';
comment on column bridge.event_order.from_xact is 'Later events are of this transaction or a higher one';
comment on column bridge.event_order.server is 'Server and database, as the last start found them; null before the first start';
insert into bridge.event_order default values;

create table bridge.subscriber_position (
  subscriber bigint      primary key references bridge.subscriber on delete cascade,
  restores   integer     not null,
  xact       xid8        not null,
  id         bigint      not null,
  saved_at   timestamptz not null default now()
);
comment on table bridge.subscriber_position is 'The last event that a subscriber has, of those that read the events by themselves';
comment on column bridge.subscriber_position.restores is 'bridge.event_order.restores when it was saved';
comment on column bridge.subscriber_position.xact is 'Transaction of that event; 0 is a restored one';
comment on column bridge.subscriber_position.id is 'Id of that event; it need not exist any more';
