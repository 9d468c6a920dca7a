-- Records of Kafka with the headers of CloudEvents.
set local client_min_messages = warning;

alter table bridge.subscriber
  drop constraint subscriber_format_check,
  add constraint subscriber_format_check check (format in ('full', 'thin', 'cloudevents'));
comment on column bridge.subscriber.format is 'full; thin: without payload, to be fetched by id; cloudevents, of kafka: full, with the headers of CloudEvents';
