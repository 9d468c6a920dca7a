-- The facts that identify this database: its name, its number in its server, and the server. A restored dump has
-- another number, a template's copy another name, another server another identifier.
select d.datname as database, d.oid::text as number, c.system_identifier::text as server
  from pg_database d, pg_control_system() c
 where d.datname = current_database()
