-- The roles of a Supabase project, with the attributes that matter to us. Roles belong to the cluster.
do $$
declare
  each text;
begin
  foreach each in array array[
    'anon nologin',
    'authenticated nologin',
    'service_role nologin bypassrls',
    'authenticator login noinherit password ''authenticator'''
  ] loop
    if not exists (select from pg_roles where rolname = split_part(each, ' ', 1)) then
      execute 'create role ' || each;
    end if;
  end loop;
  grant anon, authenticated, service_role to authenticator;
end $$;
