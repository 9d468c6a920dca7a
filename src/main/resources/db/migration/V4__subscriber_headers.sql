-- Headers of a webhook's own: what its gateway or its edge function asks for besides the signature.
alter table bridge.subscriber add column headers jsonb not null default '{}';
comment on column bridge.subscriber.headers is
  'Of a webhook only: by name, each value sealed with a key id, or a reference to where it is; application.yaml''s are not stored';
