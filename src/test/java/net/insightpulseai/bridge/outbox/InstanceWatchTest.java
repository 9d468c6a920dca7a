package net.insightpulseai.bridge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.database.SqlFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** An instance lives as long as it holds its lock. */
class InstanceWatchTest {

  private TestDatabase database;
  private EngineFixture fixture;
  private InstanceWatch watch;

  @BeforeEach
  void open() {
    database = TestDatabase.fresh();
    fixture = new EngineFixture(database);
    watch = new InstanceWatch(fixture.named, "a");
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void whatAnInstanceHadInFlightIsQueuedAgainSoonAfterItsEndAndUncounted() throws SQLException {
    long id = fixture.insert("x.y", "{}");
    try (Connection mine = hold("a")) {
      Connection other = hold("b");
      claim("b");
      look(5);
      assertThat(watch.gone()).isEmpty();
      end(other);
      look(2);
      assertThat(watch.gone()).as("it may be connecting again").isEmpty();
      look(1);
      assertThat(watch.gone()).containsExactly("b");

      watch.forget();
      assertThat(fixture.store("a").rescue(watch.gone())).isEqualTo(1);
      assertThat(fixture.row(id)).containsEntry("status", "queued").containsEntry("attempts", 0);
      watch.forget();
      look(1);
      assertThat(watch.gone()).isEmpty();
    }
  }

  @Test
  void whoReportsIsNotGoneWhateverBecameOfItsLock() throws SQLException {
    try (Connection mine = hold("a")) {
      end(hold("b"));
      database
          .jdbc()
          .update(
              "insert into bridge.replica (name, version, routes, started_at, claims, queues)"
                  + " values ('b', '1', 'r', now(), '{}', '[]')");
      look(5);
      assertThat(watch.gone()).isEmpty();

      database.jdbc().update("update bridge.replica set seen_at = now() - interval '13 seconds'");
      look(1);
      assertThat(watch.gone()).containsExactly("b");
    }
  }

  @Test
  void whoComesBackIsNotGone() throws SQLException {
    try (Connection mine = hold("a")) {
      end(hold("b"));
      look(2);
      try (Connection again = hold("b")) {
        look(1);
      }
      look(2);
      assertThat(watch.gone()).isEmpty();
    }
  }

  @Test
  void whoHoldsNoLockItselfJudgesNobodyAndWhoNeverHeldOneIsNotJudged() throws SQLException {
    end(hold("b"));
    claim("without a lock");
    look(5);
    assertThat(watch.gone()).isEmpty();

    try (Connection mine = hold("a")) {
      look(5);
      assertThat(watch.gone()).containsExactly("b");
      assertThat(fixture.store("a").rescue(watch.gone())).isZero();
    }
  }

  /** The server releases the lock a moment after the connection is closed. */
  private void end(Connection connection) throws SQLException {
    int backend = connection.unwrap(PGConnection.class).getBackendPID();
    connection.close();
    await()
        .until(
            () ->
                database
                    .jdbc()
                    .queryForList("select 1 from pg_stat_activity where pid = ?", backend)
                    .isEmpty());
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      watch.look();
    }
  }

  private void claim(String instance) {
    fixture
        .store(instance)
        .claim("odoo", BatchPolicy.ONE_BY_ONE, 1, LaneCursor.START, EngineFixture.LEASE);
  }

  /** As the listener does on its connection. */
  private Connection hold(String instance) throws SQLException {
    Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
    for (String name : List.of("queue/hold_instance", "queue/list_instance")) {
      try (PreparedStatement statement = connection.prepareStatement(SqlFile.read(name))) {
        statement.setString(1, instance);
        statement.execute();
      }
    }
    return connection;
  }
}
