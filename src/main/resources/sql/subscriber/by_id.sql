-- A subscriber as its deliveries need it.
select id, name, kind, url, event_types, sources, company, format, signature, mode, topic, rate, slots, owner, secrets::text,
       headers::text, tls::text
  from bridge.subscriber where id = :id
