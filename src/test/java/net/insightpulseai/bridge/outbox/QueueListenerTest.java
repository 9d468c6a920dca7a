package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.DatabaseMode;
import net.insightpulseai.bridge.database.SqlFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** One connection that listens, and by whose lock the others see that this instance lives. */
class QueueListenerTest {

  private final TestDatabase database = TestDatabase.fresh();
  private final AtomicReference<Connection> open = new AtomicReference<>();
  private QueueListener listener;

  @BeforeEach
  void make() {
    OutboxSettings settings =
        new OutboxSettings(
            Duration.ofHours(1), true, 1, 1, Duration.ofMillis(200), false, "node-1");
    listener =
        new QueueListener(
            () -> {
              open.set(connect());
              return open.get();
            },
            new DatabaseMode(false, true),
            settings,
            new Instance(settings),
            new NamedParameterJdbcTemplate(database.dataSource()),
            new QueueWakeUp());
  }

  @AfterEach
  void close() {
    listener.stop();
    database.close();
  }

  @Test
  void theLockThatAnEarlierRunStillHoldsIsTakenWhenItIsFreeHoweverBusyTheQueuesAre()
      throws SQLException {
    try (Connection earlier = connect();
        PreparedStatement hold = earlier.prepareStatement(SqlFile.read("queue/hold_instance"))) {
      hold.setString(1, "node-1");
      hold.execute();
      listener.start();
      await().until(listener::isListening);
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              database.jdbc().execute("notify bridge_queue, 'odoo-actions'");
              return locks() == 1;
            });
  }

  @Test
  void aServerThatDoesNotAnswerIsNotWaitedForWithoutALimit() throws SQLException {
    listener.start();
    await().until(listener::isListening);
    assertThat(open.get().getNetworkTimeout()).isBetween(1, 60_000);
  }

  private int locks() {
    return database
        .jdbc()
        .queryForObject(
            "select count(*) from pg_locks l join pg_database d on d.oid = l.database"
                + " where l.locktype = 'advisory' and d.datname = current_database()",
            Integer.class);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        database.jdbcUrl(), database.username(), database.password());
  }
}
