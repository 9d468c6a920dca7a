-- How often requests were refused, so that a restart or a flood does not hide it. Rows are bounded: for each hour there
-- are at most 500 addresses with a reason, and "other" for the rest.
create table bridge.refusal_count (
  hour     timestamptz not null,
  reason   text        not null,
  address  text        not null,
  count    bigint      not null,
  first_at timestamptz not null,
  last_at  timestamptz not null,
  primary key (hour, reason, address)
);
comment on table bridge.refusal_count is 'Refused requests, counted by hour, reason and address';
comment on column bridge.refusal_count.hour is 'When the hour began';
comment on column bridge.refusal_count.reason is 'The code of the refusal';
comment on column bridge.refusal_count.address is 'An IPv4 address, the /64 network of an IPv6 one, or other';
