package net.insightpulseai.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import net.insightpulseai.bridge.config.PlaintextHosts;
import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.database.DatabaseSettings;
import net.insightpulseai.bridge.database.DatabaseSettings.AuthenticatedRead;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** What the doctor reports about the database, its clock and its rows. */
class DatabaseCheckTest extends DoctorFixture {

  @Test
  void aDatabaseWhoseClockIsMinutesOffIsAFault() {
    checkDatabase("", Duration.ofMinutes(-5));

    assertThat(printed())
        .containsPattern("fail  the clock of the database differs from ours by \\+(299|300|301) s");
    assertThat(report.failed()).isTrue();
  }

  @Test
  void secondsOffAreAWarning() {
    checkDatabase("", Duration.ofSeconds(30));

    assertThat(printed())
        .containsPattern(
            "warn  the clock of the database differs from ours by -(29|30|31) s .*NTP");
    assertThat(report.failed()).isFalse();
  }

  @Test
  void aTransactionPoolerIsAWarningThatNamesTheBetterPort() {
    checkDatabase("?pgbouncer=true", Duration.ZERO);

    assertThat(printed())
        .contains(
            "warn  the connection goes through a transaction pooler: without LISTEN, the queues are polled")
        .contains("port 5432");
    assertThat(report.failed()).isFalse();
  }

  @Test
  void onlyActionsDueForMoreThanAQuarterOfAnHourAreOverdue() {
    queue("res.partner.update", "odoo");
    database
        .jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, next_attempt_at) values"
                + " ('a.b', now() - interval '14 minutes'), ('c.d', now() - interval '16 minutes')");

    new RowsCheck().run(report, database.jdbc(), DataSize.ofBytes(0));

    assertThat(printed())
        .contains(
            "warn  1 actions due for more than 15 minutes  →  check that a bridge is running");
  }

  @Test
  void whoHoldsAnOldSnapshotIsNamed() throws SQLException {
    try (Connection reader = database.dataSource().getConnection();
        Statement statement = reader.createStatement()) {
      statement.execute("set application_name = 'a report'");
      new OldSnapshotsCheck().run(report, database.jdbc(), Duration.ZERO);
      assertThat(printed()).doesNotContain("a report");

      reader.setAutoCommit(false);
      reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      statement.executeQuery("select from public.audit_event");
      new OldSnapshotsCheck().run(report, database.jdbc(), Duration.ZERO);
      assertThat(printed())
          .containsPattern(
              "warn  pid \\d+ \\(a report, idle in transaction\\), open for 0 min, keeps dead rows");
      assertThat(report.failed()).isFalse();
      reader.rollback();
    }
  }

  private void checkDatabase(String parameters, Duration off) {
    DatabaseSettings settings =
        new DatabaseSettings(
            database.url() + parameters, "", 4, Migrate.OFF, AuthenticatedRead.NONE);
    new DatabaseCheck(Clock.offset(Clock.systemUTC(), off))
        .run(report, DatabaseAddress.of(settings, PlaintextHosts.NONE), database.jdbc());
  }
}
