-- Kafka as a kind of subscriber, in two modes: deliveries makes rows as for any other, stream makes none, and one
-- publisher goes on from a position.
set local client_min_messages = warning;

alter table bridge.subscriber
  drop constraint subscriber_kind_check,
  drop constraint subscriber_mode_check,
  add constraint subscriber_kind_check check (kind in ('webhook', 'realtime', 'odoo', 'kafka')),
  add constraint subscriber_mode_check check (mode in ('rest', 'trigger', 'off', 'deliveries', 'stream'));
comment on column bridge.subscriber.mode is 'Of realtime: rest (a call), trigger (realtime.send in the event''s transaction) or off. Of kafka: deliveries (a row for each event) or stream (none)';
comment on column bridge.subscriber.topic is 'Of a realtime or kafka subscriber only';

create table bridge.stream_lease (
  subscriber  bigint      primary key references bridge.subscriber on delete cascade,
  token       bigint      not null,
  held_by     text,
  lease_until timestamptz not null
);
comment on table bridge.stream_lease is 'Which instance publishes the events of a subscriber of mode stream; there is one at a time';
comment on column bridge.stream_lease.token is 'Fences the position: only the instance that was given this number may move it on';
comment on column bridge.stream_lease.held_by is 'The instance; null: none, and none may before lease_until';
