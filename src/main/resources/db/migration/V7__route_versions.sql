-- Versions of the route files that ran, to look at and to return to. Nobody but the owner has rights to these tables:
-- routes are code, so whoever could write them could run code in the bridge.
create table bridge.route_file (
  hash    text        primary key,
  content text        not null,
  used_at timestamptz not null default now()
);
comment on table bridge.route_file is 'Contents of route files, each once';
comment on column bridge.route_file.hash is 'SHA-256 of the content';
comment on column bridge.route_file.used_at is 'When a version with it was last recorded';

create table bridge.route_version (
  id          bigserial   primary key,
  previous    bigint      not null unique,
  hash        text        not null,
  seal        text        not null,
  applied_at  timestamptz not null,
  recorded_at timestamptz not null default now(),
  instance    text        not null,
  who         text,
  change      text        not null
);
comment on table bridge.route_version is 'Versions of the route files that ran, oldest first';
comment on column bridge.route_version.previous is 'The version before, 0 for the first; unique, so that instances that record at once agree on the order';
comment on column bridge.route_version.hash is 'Of all names and contents';
comment on column bridge.route_version.seal is 'HMAC of the hash with a secret that is not in the database: what was written by others is never run';
comment on column bridge.route_version.applied_at is 'By the clock of the instance that applied it first';
comment on column bridge.route_version.who is 'Who asked for it; null: the folder was edited';
comment on column bridge.route_version.change is 'What was different from what ran before, in words';

create table bridge.route_version_file (
  version bigint not null references bridge.route_version on delete cascade,
  name    text   not null,
  file    text   not null references bridge.route_file,
  primary key (version, name)
);
comment on table bridge.route_version_file is 'The files of each version';
comment on column bridge.route_version_file.name is 'The path below the folder of the routes';
create index route_version_file_file on bridge.route_version_file (file);

create table bridge.route_pin (
  id        bigserial   primary key,
  version   bigint      not null references bridge.route_version,
  folders   text[]      not null,
  who       text        not null,
  why       text        not null,
  pinned_at timestamptz not null default now()
);
comment on table bridge.route_pin is 'The version that runs on every replica whatever is in its folder, until a folder changes; only the newest row counts';
comment on column bridge.route_pin.folders is 'The hashes of what was in the folders of the replicas when it was set: anything else is an edit, and lifts it';
create index route_pin_version on bridge.route_pin (version);
