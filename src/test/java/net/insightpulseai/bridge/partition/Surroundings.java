package net.insightpulseai.bridge.partition;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** What others have hung on the table of events. */
final class Surroundings {

  /** All that hangs on the table and must be the same afterwards. */
  private static final String SQL =
      """
      select 'rights ' || coalesce((select string_agg(a::text, ' ' order by a::text) from unnest(c.relacl) a), '')
        from pg_class c where c.oid = 'public.audit_event'::regclass
      union all
      select 'column ' || a.attname || ' ' || a.attacl::text || coalesce(col_description(a.attrelid, a.attnum), '')
        from pg_attribute a where a.attrelid = 'public.audit_event'::regclass and a.attnum > 0
      union all
      select pg_get_triggerdef(oid) || tgenabled::text from pg_trigger where tgrelid = 'public.audit_event'::regclass
      union all
      select policyname || permissive || roles::text || cmd || coalesce(qual, '') || coalesce(with_check, '')
        from pg_policies where schemaname = 'public' and tablename = 'audit_event'
      union all
      select 'row level security ' || relrowsecurity from pg_class where oid = 'public.audit_event'::regclass
      union all
      select c.oid::regclass || coalesce(c.reloptions::text, '') || coalesce(c.relacl::text, '') || pg_get_viewdef(c.oid)
        from pg_class c where c.relkind = 'v' and c.relnamespace in ('bridge'::regnamespace, 'public'::regnamespace)
      union all
      select p.oid::regprocedure || coalesce((select string_agg(a::text, ' ' order by a::text) from unnest(p.proacl) a), '')
             || pg_get_functiondef(p.oid) || coalesce(obj_description(p.oid, 'pg_proc'), '')
        from pg_proc p where p.pronamespace in ('bridge'::regnamespace, 'public'::regnamespace)
      union all
      select replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') from pg_index where indrelid = 'public.audit_event'::regclass
      union all
      select pg_get_constraintdef(oid) from pg_constraint where conrelid = 'public.audit_event'::regclass and contype in ('p', 'c')
      union all
      select pubname || ' ' || tablename from pg_publication_tables
      union all
      select pg_get_serial_sequence('public.audit_event', 'id')
      union all
      select obj_description('public.audit_event'::regclass, 'pg_class')
      order by 1""";

  private Surroundings() {}

  static List<String> of(JdbcTemplate jdbc) {
    return jdbc.queryForList(SQL, String.class);
  }
}
