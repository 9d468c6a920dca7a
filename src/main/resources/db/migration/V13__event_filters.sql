-- What a subscriber asks for beyond types, and how little it gets. What its filter is made of is checked where it is written;
-- that it is one at all is checked here, because every insert of an event evaluates it.
set local client_min_messages = warning;

alter table bridge.subscriber
  add column filter text check (filter is null or filter::jsonpath is not null),
  add column fields text[];
comment on column bridge.subscriber.filter is 'A jsonpath predicate on the payload and the changed fields of an event; null: all events';
comment on column bridge.subscriber.fields is 'Of the payload and the changed fields only these go out; null: all';

-- So that the subscribers of an event are looked up by its type and not compared one by one.
create index subscriber_event_types on bridge.subscriber using gin (event_types);
create index subscriber_by_trigger on bridge.subscriber (id) where kind = 'realtime' and mode = 'trigger';
