-- One delivery per event and matching subscriber, in the transaction that stores the event, whoever
-- stores it. The function belongs to the tables' owner: an inserter needs no right on schema bridge.
-- A realtime subscriber in trigger mode is served here as well: the message commits with the event or not
-- at all, and nothing that goes wrong with it may keep the event from being stored, nor hold it up: where
-- Realtime's tables are locked, as while somebody changes them, it gets no message after two seconds.
create or replace function bridge.fan_out() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  message record;
  patience text := current_setting('lock_timeout');
begin
  if not exists (select from bridge.subscriber) then
    return null;
  end if;
  insert into bridge.event_delivery (target, event_id, event_created_at, ordering_key, idempotency_key, correlation_id, hop)
  select 'subscriber:' || s.id, e.id, e.created_at,
         bridge.lane(e.event_type, e.resource_id), 'evt_' || e.id, coalesce(e.correlation_id, gen_random_uuid()), e.hop
    from fresh e
    join bridge.subscriber s on not (s.kind = 'realtime' and s.mode = 'trigger')
   where bridge.skip_reason(s, e.event_type, e.source, e.meta, e.correlation_id, e.created_at, e.hop) is null
   order by e.id, s.id;
  if exists (select from bridge.subscriber where kind = 'realtime' and mode = 'trigger') then
    begin
      perform set_config('lock_timeout', '2s', true);
      for message in
        select f.event_type, bridge.topic(s.topic, f.meta ->> 'company_id', f.event_type) as topic,
               case when s.format = 'thin' or octet_length(whole.text) > 250000
                    then bridge.thin_message(e)::jsonb else whole.text::jsonb end as body
          from fresh f
          join public.audit_event e on e.id = f.id and e.created_at = f.created_at
         cross join lateral (select bridge.event_message(e)::text as text offset 0) whole
          join bridge.subscriber s on s.kind = 'realtime' and s.mode = 'trigger'
          left join bridge.target t on t.name = 'subscriber:' || s.id
         where coalesce(t.state, 'running') = 'running'
           and bridge.skip_reason(s, f.event_type, f.source, f.meta, f.correlation_id, f.created_at, f.hop) is null
         order by f.id, s.id
      loop
        perform realtime.send(message.body, message.event_type, message.topic, true);
      end loop;
      perform set_config('lock_timeout', patience, true);
    exception when others then
      raise warning 'events were stored but not handed to realtime.send: % (%)', sqlerrm, sqlstate;
    end;
  end if;
  return null;
end $$;
