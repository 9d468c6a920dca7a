-- One subscriber, by id or by name; a name is never a number.
select id, name, owner, kind, secrets::text as secrets, headers::text as headers, updated_at::text as updated_at, line
  from bridge.subscriber_line
 where id = cast(:#id as bigint) or name = cast(:#name as text)
