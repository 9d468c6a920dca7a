-- Whether realtime.send is there. Not by to_regprocedure, which fails where the schema exists and is not ours to use.
select exists (select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                where n.nspname = 'realtime' and p.proname = 'send'
                  and oidvectortypes(p.proargtypes) = 'jsonb, text, text, boolean')
