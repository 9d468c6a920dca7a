package net.insightpulseai.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.PGConnection;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;

/** Migrations of a database that others use, and that other versions have migrated. */
@ExtendWith(OutputCaptureExtension.class)
class SharedMigrationsTest {

  private static final Duration SHORT = Duration.ofMillis(200);

  private TestDatabase database;
  private JdbcTemplate jdbc;

  @BeforeEach
  void create() {
    database = TestDatabase.fresh();
    jdbc = database.jdbc();
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void aReaderThatStaysHoldsUpTheMigrationAndNoEvent() throws Exception {
    changeLastMigration();
    try (Connection reader = reader()) {
      CompletableFuture<Integer> migration =
          CompletableFuture.supplyAsync(() -> migrations(Duration.ofMinutes(5)).migrate());
      await().atMost(Duration.ofSeconds(30)).until(this::aLockIsWaitedFor);

      // Each waits for as long as the migration does, which is a second, and then goes on.
      for (int i = 0; i < 5; i++) {
        jdbc.update("insert into public.audit_event (source, event_type) values ('odoo', 'a.b')");
      }
      assertThat(migration).isNotDone();
      reader.rollback();
      assertThat(migration.get(60, TimeUnit.SECONDS)).isOne();
    }
  }

  @Test
  void afterAWhileTheStartEndsAndNamesWhoHoldsTheLock() throws Exception {
    changeLastMigration();
    try (Connection reader = reader()) {
      int pid = reader.unwrap(PGConnection.class).getBackendPID();

      assertThatThrownBy(() -> migrations(Duration.ZERO).migrate())
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("because others hold locks on its tables: pid " + pid + " (report,")
          .hasMessageContaining("idle in transaction")
          .hasMessageContaining("on audit_event)");
    }
  }

  @Test
  void anOlderVersionLeavesTheSchemaOfANewerOneAsItIs() {
    newerMigration("more columns");
    changeLastMigration();

    assertThat(migrations(Duration.ZERO).migrate()).isZero();
    migrations(Duration.ZERO).apply(Migrate.VALIDATE);
    assertThat(
            jdbc.queryForObject(
                "select checksum from bridge.flyway_schema_history where script like 'R\\_\\_6%'",
                Integer.class))
        .isZero();
  }

  @Test
  void anOlderVersionEndsWhereItCannotWorkWithTheSchema() {
    newerMigration("breaking other columns");

    for (Migrate mode : new Migrate[] {Migrate.AUTO, Migrate.VALIDATE}) {
      assertThatThrownBy(() -> migrations(Duration.ZERO).apply(mode))
          .isInstanceOf(StartRefused.class)
          .hasMessage(
              "The schema bridge: found version 99, made by a newer bridge, which this one cannot work with, expected a jar of that version or a later one");
    }
  }

  @Test
  void severalThatStartAtOnceMigrateOnce() {
    changeLastMigration();
    CompletableFuture<Integer> one = start();
    CompletableFuture<Integer> two = start();
    CompletableFuture<Integer> three = start();

    assertThat(one.join() + two.join() + three.join()).isOne();
  }

  @Test
  void aStartSaysWhomItWaitsForAndGoesOnAfterwards(CapturedOutput output) throws Exception {
    changeLastMigration();
    try (Connection other = lockHolder()) {
      CompletableFuture<Integer> migration = start();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  output
                      .getOut()
                      .contains(
                          "waits up to 1800 s for that of another session: pid %d (other bridge)"
                              .formatted(pid(other))));
      assertThat(migration).isNotDone();

      other.close();
      assertThat(migration.get(60, TimeUnit.SECONDS)).isOne();
      assertThat(output.getOut()).containsOnlyOnce("for that of another session");
    }
  }

  @Test
  void aSessionThatKeepsTheTurnForTooLongIsNamed() throws Exception {
    MigrationTurn turn = new MigrationTurn(database.dataSource(), SHORT, SHORT);
    try (Connection other = lockHolder()) {
      assertThatThrownBy(() -> turn.take(() -> 1))
          .isInstanceOf(StartRefused.class)
          .hasMessageStartingWith("The schema could not be updated within 0 s")
          .hasMessageContaining(": pid %d (other bridge). If it is".formatted(pid(other)));
    }
    assertThat(turn.take(() -> 1)).isOne();
  }

  private static int pid(Connection session) throws SQLException {
    return session.unwrap(PGConnection.class).getBackendPID();
  }

  private CompletableFuture<Integer> start() {
    return CompletableFuture.supplyAsync(() -> migrations(Duration.ofMinutes(1)).migrate());
  }

  private Migrations migrations(Duration patience) {
    return new Migrations(database.dataSource(), AuthenticatedRead.NONE, patience, SHORT);
  }

  /** So that it runs again; it locks audit_event. */
  private void changeLastMigration() {
    jdbc.update(
        "update bridge.flyway_schema_history set checksum = 0 where script like 'R\\_\\_6%'");
  }

  private void newerMigration(String description) {
    jdbc.update(
        "insert into bridge.flyway_schema_history (installed_rank, version, description, type,"
            + " script, checksum, installed_by, execution_time, success)"
            + " select max(installed_rank) + 1, '99', ?, 'SQL', 'V99__x.sql', 1, 'x', 1, true"
            + " from bridge.flyway_schema_history",
        description);
  }

  private Connection reader() throws SQLException {
    Connection reader = database.dataSource().getConnection();
    reader.setAutoCommit(false);
    try (Statement statement = reader.createStatement()) {
      statement.execute("set local application_name = 'report'");
      statement.execute("select count(*) from public.audit_event");
    }
    return reader;
  }

  /** A session that holds the lock which a bridge holds while it migrates. */
  private Connection lockHolder() throws SQLException {
    Connection holder = database.dataSource().getConnection();
    try (Statement statement = holder.createStatement()) {
      statement.execute("set application_name = 'other bridge'");
      statement.execute(SqlFile.read("schema/lock"));
    }
    return holder;
  }

  private boolean aLockIsWaitedFor() {
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            "select exists (select from pg_locks where not granted and locktype = 'relation')",
            Boolean.class));
  }
}
