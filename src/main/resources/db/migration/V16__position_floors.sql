-- From where on a subscriber may read the events, and how often it was moved. Its secret shall not open what was stored
-- before it began, and what a client has kept from before a move shall not undo the move.
set local client_min_messages = warning;

alter table bridge.subscriber_position
  add column moves      integer not null default 0,
  add column floor_xact xid8,
  add column floor_id   bigint;
update bridge.subscriber_position set floor_xact = xact, floor_id = id;
alter table bridge.subscriber_position
  alter column floor_xact set not null,
  alter column floor_id set not null;
comment on column bridge.subscriber_position.moves is 'How often an operator has moved it; a position of an earlier count is answered from here';
comment on column bridge.subscriber_position.floor_xact is 'Transaction of the event behind which its readable ones begin';
comment on column bridge.subscriber_position.floor_id is 'Id of that event; what is not behind it never goes to the subscriber';
