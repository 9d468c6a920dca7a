#!/bin/bash
# Runs once, while the data folder is empty. Makes the roles of a Supabase project, the bridge's database, and Odoo's
# user. As on Supabase, the database belongs to "postgres", which is not a superuser.
set -euo pipefail
connect() { psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres "$@"; }

connect < /supabase-roles.sql
# psql reads the passwords itself: all users can see a program's arguments.
connect <<'SQL'
\set postgres `cat /run/secrets/POSTGRES_PASSWORD`
\set odoo `cat /run/secrets/ODOO_DB_PASSWORD`
create role postgres login createdb createrole bypassrls password :'postgres' in role anon, authenticated, service_role;
create database bridge owner postgres;
alter database bridge set pgrst.db_schemas = 'public';
create role odoo login createdb password :'odoo';
SQL
