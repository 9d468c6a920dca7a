package net.insightpulseai.bridge.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Producers that enqueue for many records in one transaction, several at the same time. */
class EnqueueManyTest {

  private final TestDatabase database = TestDatabase.fresh();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void twoTransactionsThatNeedAllLanesDoNotWaitForEachOther() throws Exception {
    try (Connection one = connection();
        Connection other = connection()) {
      enqueue(one, 1, 64);
      enqueue(other, 1_001, 1_064);
      CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> enqueue(one, 65, 300));
      await().until(() -> waiters() == 1);

      enqueue(other, 1_065, 1_300);
      other.commit();

      waiting.get(30, TimeUnit.SECONDS);
      one.commit();
    }
    assertThat(rows()).isEqualTo(600);
  }

  @Test
  void manyAreStoredInTheirOrderWithWhatEachSays() {
    List<Long> ids =
        database
            .jdbc()
            .queryForList(
                "select bridge.enqueue_many('[{\"action\":\"a.b\",\"args\":{\"id\":9}},{\"action\":\"a.c\"},"
                    + "{\"action\":\"a.d\",\"args\":{\"id\":1},\"key\":\"own\",\"idempotency_key\":\"k\"}]')",
                Long.class);
    assertThat(ids).containsExactly(1L, 2L, 3L);
    assertThat(
            database
                .jdbc()
                .queryForList(
                    "select action || ' ' || ordering_key || ' ' || case when idempotency_key = 'k' then 'k' else '' end"
                        + " from public.odoo_action_outbox order by id",
                    String.class))
        .containsExactly("a.b a:9 ", "a.c  ", "a.d own k");
  }

  /** Fewer than a transaction locks one by one, and more. */
  @ParameterizedTest
  @ValueSource(ints = {40, 200})
  void callsForTheSameRecordsInAnyOrderNeverDeadlock(int records) throws Exception {
    ExecutorService producers = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int producer = 0; producer < 4; producer++) {
        String direction = producer % 2 == 0 ? "" : "desc";
        running.add(producers.submit(() -> enqueueMany(records, direction)));
      }
      for (Future<?> one : running) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      producers.shutdown();
    }
    assertThat(rows()).isEqualTo(4 * 15 * records);
  }

  private void enqueueMany(int records, String direction) {
    for (int round = 0; round < 15; round++) {
      database
          .jdbc()
          .queryForObject(
              "select count(*) from bridge.enqueue_many((select jsonb_agg(jsonb_build_object('action', 'a.b',"
                  + " 'args', jsonb_build_object('id', i)) order by i "
                  + direction
                  + ") from generate_series(1, ?) i))",
              Long.class,
              records);
    }
  }

  private Connection connection() throws SQLException {
    Connection connection = database.dataSource().getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  private static void enqueue(Connection connection, int from, int to) {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(bridge.enqueue('a.b', jsonb_build_object('id', i))) from generate_series(%d, %d) i"
                    .formatted(from, to))) {
      assertThat(rows.next()).isTrue();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private int waiters() {
    return database
        .jdbc()
        .queryForObject(
            "select count(*) from pg_locks where locktype = 'advisory' and not granted and database ="
                + " (select oid from pg_database where datname = current_database())",
            Integer.class);
  }

  private int rows() {
    return database
        .jdbc()
        .queryForObject("select count(*) from public.odoo_action_outbox", Integer.class);
  }
}
