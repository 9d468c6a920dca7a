package net.insightpulseai.bridge.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;

class BenchDatabaseTest {

  private static final Path UNUSED = Path.of("target", "unused");
  private static final String TABLES =
      "select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
          + " where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)' order by 1";

  @Test
  void aDatabaseThatHoldsSomethingElseIsRefusedAndKept() {
    try (TestDatabase database = TestDatabase.empty()) {
      database.jdbc().execute("create table public.invoice (id int)");
      assertRefused(database, "holds public.invoice");
      assertThat(tables(database)).containsExactly("public.invoice");
    }
  }

  @Test
  void soIsTheDatabaseOfABridge() {
    try (TestDatabase database = TestDatabase.fresh()) {
      int before = tables(database).size();
      assertRefused(database, "holds bridge.");
      assertThat(tables(database)).hasSize(before);
    }
  }

  @Test
  void whatAnEarlierRunLeftIsRemovedUnlessSomethingElseIsBesideIt() {
    try (TestDatabase database = TestDatabase.fresh()) {
      database.jdbc().execute("create schema bridge_bench");
      database.jdbc().execute("create view public.report as select 1 as one");
      assertRefused(database, "holds public.report");
      database.jdbc().execute("drop view public.report");
      try (BenchDatabase opened = open(database)) {
        assertThat(tables(database)).isEmpty();
        opened.jdbc().execute("create table bridge_bench.some (id int)");
      }
      assertThat(tables(database)).isEmpty();
      assertThat(
              database
                  .jdbc()
                  .queryForObject("select to_regnamespace('bridge_bench')::text", String.class))
          .isNull();
    }
  }

  @Test
  void aRunWhoseBridgeIsLeftIsRefused() throws Exception {
    try (TestDatabase database = TestDatabase.empty()) {
      try (BenchDatabase opened = open(database);
          var left = opened.connect()) {
        assertThat(left.isValid(1)).isTrue();
        assertRefused(database, "that a bridge is connected to");
      }
      open(database).close();
    }
  }

  @Test
  void anAddressThatCannotBeUsedIsExplained() {
    assertThatThrownBy(() -> BenchDatabase.open("mysql://db", UNUSED, Map.of()))
        .isInstanceOf(BenchFailure.class)
        .hasMessageStartingWith("BENCH_DB_URL: found text that is not a PostgreSQL URL");
    assertThatThrownBy(
            () -> BenchDatabase.open("postgresql://u:secret@127.0.0.1:1/db", UNUSED, Map.of()))
        .isInstanceOf(BenchFailure.class)
        .hasMessageContaining("u@127.0.0.1:1/db cannot be used")
        .message()
        .doesNotContain("secret");
  }

  private static void assertRefused(TestDatabase database, String because) {
    assertThatThrownBy(() -> open(database))
        .isInstanceOf(BenchFailure.class)
        .hasMessageStartingWith("BENCH_DB_URL: found a database ")
        .hasMessageContaining(because);
  }

  private static BenchDatabase open(TestDatabase database) {
    return BenchDatabase.open(database.url(), UNUSED, Map.of());
  }

  private static List<String> tables(TestDatabase database) {
    return database.jdbc().queryForList(TABLES, String.class);
  }
}
