-- The replicas that share this database. Each says every few seconds that it is there, and divides with the others what
-- the targets of its queues may be sent at most.
set local client_min_messages = warning;

create table bridge.replica (
  name         text        primary key,
  version      text        not null,
  routes       text        not null,
  started_at   timestamptz not null,
  seen_at      timestamptz not null default now(),
  claims       text[]      not null,
  claims_since timestamptz not null default now(),
  queues       jsonb       not null
) with (fillfactor = 50);
comment on table bridge.replica is 'The replicas of the bridge: each writes its row every few seconds, and deletes it when it stops';
comment on column bridge.replica.routes is 'The version of its routes, as it is shown to people';
comment on column bridge.replica.claims is 'The queues that it takes rows from';
comment on column bridge.replica.claims_since is 'Since when those; the others need a report of their own to know of it';
comment on column bridge.replica.queues is 'For each queue: rows in flight, and rows that it has leased and not started';

-- One that has ended counts no more after it has missed a report if it held the lock of bridge.instance, otherwise after
-- three. A lock alone says nothing: it is lost with a connection.
create function bridge.present_replicas() returns setof bridge.replica
language sql stable set search_path = pg_catalog, pg_temp
as $$
  with held as materialized (
    select (l.classid::bigint << 32) | l.objid::bigint as key
      from pg_catalog.pg_locks l
     where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
       and l.database = (select d.oid from pg_catalog.pg_database d where d.datname = current_database())
  )
  select r.* from bridge.replica r
   where r.seen_at > now() - interval '15 seconds'
     and not (r.seen_at < now() - interval '7 seconds' and exists (
       select from bridge.instance i
        where i.name = r.name and hashtextextended('bridge.instance.' || i.name, 0) not in (select key from held)))
$$;
revoke all on function bridge.present_replicas() from public;
comment on function bridge.present_replicas() is 'The replicas that run, as far as one can see';
