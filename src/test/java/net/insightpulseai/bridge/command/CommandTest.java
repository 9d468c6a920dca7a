package net.insightpulseai.bridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.Migrations;
import org.junit.jupiter.api.Test;

/** The commands of the jar, run against the running bridge; the doctor has a test of its own. */
class CommandTest extends CommandFixture {

  @Test
  void migrateBringsAnEmptyDatabaseUpToDate() {
    try (TestDatabase empty = TestDatabase.empty()) {
      assertThat(run("migrate", "--bridge.database.url=" + empty.url())).isZero();
      assertThat(out()).contains("migrations applied");

      assertThat(run("migrate", "--bridge.database.url=" + empty.url())).isZero();
      assertThat(out()).contains("the schema is up to date");
    }
  }

  @Test
  void partitionSaysWhatItWouldDoAndDoesIt() {
    try (TestDatabase one = TestDatabase.withoutPartitions()) {
      String database = "--bridge.database.url=" + one.url();
      assertThat(run("partition", database, "--dry-run")).isZero();
      assertThat(out()).contains("would make it the first partition");
      assertThat(run("partition", database)).as(errors()).isZero();
      assertThat(out()).contains("public.audit_event has 5 partitions");
      assertThat(run("partition", database, "--now")).isEqualTo(2);
      assertThat(out()).contains("expected partition [--dry-run]");
    }
  }

  @Test
  void thePrintedSchemaIsTheOneThatMigrationsMake() {
    assertThat(run("sql-print")).isZero();
    String schema = out();

    try (TestDatabase empty = TestDatabase.empty()) {
      empty.jdbc().execute(schema);

      Migrations migrations = new Migrations(empty.dataSource(), AuthenticatedRead.NONE);
      assertThat(migrations.migrate()).as("what Flyway finds left to do").isZero();
    }
  }

  @Test
  void whatIsOptionalIsPrintedByNameAlone() {
    assertThat(run("sql-print")).isZero();
    assertThat(out()).doesNotContain("realtime.messages");

    assertThat(run("sql-print", "realtime-policy")).isZero();
    assertThat(out()).contains("create policy odoo_bridge_companies").doesNotContain("audit_event");
    assertThat(run("sql-print", "realtime-policy-simple")).isZero();
    assertThat(out()).contains("create policy odoo_bridge_everyone");

    assertThat(run("sql-print", "everything")).isEqualTo(2);
    assertThat(out()).contains("realtime-policy or realtime-policy-simple");
  }
}
