-- What Realtime keeps in a project's database, rebuilt from its description: who may use it, the table that
-- is partitioned by day, and functions that behave as documented: send() adds an id, sets the topic for the
-- transaction, and makes a warning of whatever goes wrong.
create schema realtime;
grant usage on schema realtime to anon, authenticated, service_role;
create schema if not exists auth;
grant usage on schema auth to anon, authenticated, service_role;

create function auth.jwt() returns jsonb language sql stable as $$
  select nullif(current_setting('request.jwt.claims', true), '')::jsonb
$$;

create table realtime.messages (
  topic       text      not null,
  extension   text      not null,
  payload     jsonb,
  event       text,
  private     boolean   default false,
  updated_at  timestamp not null default timezone('utc', now()),
  inserted_at timestamp not null default timezone('utc', now()),
  id          uuid      not null default gen_random_uuid(),
  primary key (id, inserted_at)
) partition by range (inserted_at);
alter table realtime.messages enable row level security;
grant select, insert, update on realtime.messages to anon, authenticated, service_role;

do $$
begin
  -- One for all days that a test run may see.
  execute format('create table realtime.messages_now partition of realtime.messages for values from (%L) to (%L)',
    current_date - 2, current_date + 3);
end $$;

create function realtime.topic() returns text language sql stable as $$
  select nullif(current_setting('realtime.topic', true), '')
$$;

create function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void
language plpgsql as $$
begin
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (payload, event, topic, private, extension)
  values (case when payload ? 'id' then payload else jsonb_set(payload, '{id}', to_jsonb(gen_random_uuid())) end,
          event, topic, private, 'broadcast');
exception when others then
  raise warning 'WarnSendingBroadcastMessage: %', sqlerrm;
end $$;
