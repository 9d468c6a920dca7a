-- The W3C trace context of what caused a row. Most rows have none, which takes no room.
alter table public.odoo_action_outbox
  add column if not exists traceparent text,
  add column if not exists tracestate  text;

comment on column public.odoo_action_outbox.traceparent is 'W3C Trace Context: the span that caused it; what is malformed is ignored';
comment on column public.odoo_action_outbox.tracestate is 'Goes with traceparent';

alter table bridge.event_delivery
  add column traceparent text,
  add column tracestate  text;

comment on column bridge.event_delivery.traceparent is 'W3C Trace Context, from the event''s meta; not of a replay';
comment on column bridge.event_delivery.tracestate is 'Goes with traceparent';
