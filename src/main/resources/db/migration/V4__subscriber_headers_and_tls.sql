-- Headers of a webhook's own: what its gateway or its edge function asks for besides the signature.
alter table bridge.subscriber add column headers jsonb not null default '{}';
comment on column bridge.subscriber.headers is
  'Of a webhook only: by name, each value sealed with a key id, or a reference to where it is; application.yaml''s are not stored';

-- What TLS needs beyond the public authorities: a client certificate, or a certificate authority of the webhook's own.
alter table bridge.subscriber add column tls jsonb;
comment on column bridge.subscriber.tls is 'Of a webhook only: references to PEM texts, by ca, certificate and key';
