package net.insightpulseai.bridge.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Functions, views, triggers and rights are in migrations that run again when they change. */
class RepeatableMigrationsTest {

  private static final Pattern FUNCTION =
      Pattern.compile("create (?:or replace )?function (bridge\\.\\w+)");

  /** What a role may do, and what the functions, views and triggers are. */
  private static final String OBJECTS =
      """
      select c.oid::regclass::text || ' ' || coalesce(c.relacl::text, '')
             || case when c.relkind = 'v' then pg_get_viewdef(c.oid) else '' end
        from pg_class c where c.relnamespace in ('bridge'::regnamespace, 'public'::regnamespace) and c.relkind in ('r', 'p', 'v', 'S')
      union all
      select p.oid::regprocedure::text || ' ' || coalesce(p.proacl::text, '') || pg_get_functiondef(p.oid)
        from pg_proc p where p.pronamespace = 'bridge'::regnamespace
      union all
      select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
      union all
      select tablename || ' ' || policyname || ' ' || roles::text || ' ' || cmd from pg_policies
      order by 1""";

  private TestDatabase database;

  @BeforeEach
  void create() {
    database = TestDatabase.fresh();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void eachRunsAloneAndLeavesObjectsAndRightsAsTheyWere() {
    List<String> before = objects();
    List<String> scripts =
        database
            .jdbc()
            .queryForList(
                "select script from bridge.flyway_schema_history where version is null and script like 'R\\_\\_%'",
                String.class);
    assertThat(scripts).isNotEmpty();
    for (String script : scripts) {
      database
          .jdbc()
          .update("update bridge.flyway_schema_history set checksum = 0 where script = ?", script);
      int ran = new Migrations(database.dataSource(), AuthenticatedRead.NONE).migrate();
      assertThat(ran).as(script).isOne();
      assertThat(objects()).as(script).isEqualTo(before);
    }
  }

  @Test
  void noFunctionIsDefinedTwice() throws IOException {
    List<String> functions = new ArrayList<>();
    for (Resource file :
        new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/*.sql")) {
      Matcher function = FUNCTION.matcher(file.getContentAsString(UTF_8));
      while (function.find()) {
        functions.add(function.group(1));
      }
    }
    assertThat(functions).contains("bridge.fan_out").doesNotHaveDuplicates();
  }

  private List<String> objects() {
    return database.jdbc().queryForList(OBJECTS, String.class);
  }
}
