-- Which Odoo and which database belong together. A copy of either has this row too, and finds that it is not meant.
create table bridge.pairing (
  the_one       boolean     primary key default true check (the_one),
  fingerprint   text        not null,
  odoo_db_uuid  text,
  odoo_base_url text,
  paired_at     timestamptz not null default now(),
  paired_by     text        not null,
  paired_why    text        not null,
  check ((odoo_db_uuid is null) = (odoo_base_url is null))
);
comment on table bridge.pairing is 'The pair of Odoo and this database, one row';
comment on column bridge.pairing.fingerprint is 'Names this database; a copy of it has another one';
comment on column bridge.pairing.odoo_db_uuid is 'Odoo''s database.uuid; null until an Odoo has told it';
comment on column bridge.pairing.odoo_base_url is 'Where that Odoo is; simulated for the bridge''s own stand-in';

-- The grants of R__access are to the tables that it found.
do $$ begin
  if exists (select from pg_roles where rolname = 'service_role') then
    grant select, insert, update, delete on bridge.pairing to service_role;
  end if;
end $$;
