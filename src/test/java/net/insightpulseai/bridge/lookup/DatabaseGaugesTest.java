package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Objects;
import net.insightpulseai.bridge.TestClock;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;

/** What Prometheus is told about the database itself. */
class DatabaseGaugesTest {

  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
  private static final Duration SOON = Duration.ofSeconds(90);

  private final TestClock clock = TestClock.standing();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Test
  void aDatabaseThatGrowsIsLargerHalfAMinuteLater() {
    try (TestDatabase database = TestDatabase.fresh()) {
      new DatabaseGauges(database.dataSource(), clock).bindTo(meters);
      double before = value("bridge.database.size");
      assertThat(before).isGreaterThan(1_000_000);
      assertThat(value("bridge.database.writable")).isEqualTo(1);
      assertThat(value("bridge.partitions.left")).isEqualTo(4);

      database
          .jdbc()
          .execute("create table grown as select n, md5(n::text) from generate_series(1, 20000) n");

      assertThat(value("bridge.database.size")).isEqualTo(before);
      clock.pass(HALF_A_MINUTE);
      assertThat(value("bridge.database.size")).isGreaterThan(before + 1_000_000);
    }
  }

  @Test
  void aDatabaseThatTakesNoWritesSaysSoAndOneThatIsAwaySaysNothing() {
    try (TestDatabase database = TestDatabase.ownServer()) {
      new DatabaseGauges(database.dataSource(), clock).bindTo(meters);
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(later("bridge.database.writable")).isEqualTo(1));

      String name = database.jdbc().queryForObject("select current_database()", String.class);
      database.jdbc().execute("alter database " + name + " set default_transaction_read_only = on");
      database.stopServer();
      // The pool of the test waits 10 s for a connection.
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(later("bridge.database.writable")).isNaN());
      assertThat(value("bridge.database.size")).isNaN();

      database.startServer();
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(later("bridge.database.writable")).isZero());
    }
  }

  private double later(String name) {
    clock.pass(HALF_A_MINUTE);
    return value(name);
  }

  private double value(String name) {
    return Objects.requireNonNull(meters.find(name).gauge(), name).value();
  }
}
