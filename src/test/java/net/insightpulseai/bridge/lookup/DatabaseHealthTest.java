package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class DatabaseHealthTest {

  @ParameterizedTest
  @CsvSource({
    "running, , running, 0",
    "running, running, running, 0",
    "paused, running, running, 0",
    "running, running paused, running, 1",
    "running, paused running disabled, running, 2",
    "running, paused, paused, 1",
    "paused, disabled paused, paused, 2"
  })
  void aStoppedSubscriberIsCountedAndTheQueueRunsForTheOthers(
      String odoo, String subscribers, String queue, int stopped) throws InterruptedException {
    try (TestDatabase database = TestDatabase.fresh()) {
      database.jdbc().update("update bridge.target set state = ? where name = 'odoo'", odoo);
      for (String state : subscribers == null ? new String[0] : subscribers.split(" ")) {
        database
            .jdbc()
            .update(
                "with one as (insert into bridge.subscriber (name, kind, url, event_types)"
                    + " select 's' || count(*), 'webhook', 'https://h.example/', '{*}' from bridge.subscriber"
                    + " returning id)"
                    + " insert into bridge.target (name, state) select 'subscriber:' || id, ? from one",
                state);
      }
      DatabaseHealth health = new DatabaseHealth(database.dataSource(), Clock.systemUTC());
      assertThat(health.ask())
          .returns(true, DatabaseHealth.Report::writable)
          .returns(
              Map.of("odoo-actions", odoo, "event-deliveries", queue),
              DatabaseHealth.Report::queues)
          .returns(stopped, DatabaseHealth.Report::stoppedSubscribers)
          .returns(odoo.equals("running"), report -> report.odooStop() == null);
      health.destroy();
    }
  }

  @Test
  void aDatabaseThatIsAwayIsDownAndUpAgainWhenItIsBack() {
    try (TestDatabase database = TestDatabase.ownServer()) {
      DatabaseHealth health = new DatabaseHealth(database.dataSource(), Clock.systemUTC());
      await().ignoreExceptions().untilAsserted(() -> assertThat(health.ask()).isNotNull());
      database.stopServer();
      await().untilAsserted(() -> assertThat(health.ask()).isNull());
      database.startServer();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(health.ask()).isNotNull());
      health.destroy();
    }
  }

  @Test
  void manyWhoAskCostOneQuestionASecondAndAreNotHeldByAHangingDatabase()
      throws InterruptedException {
    AtomicInteger questions = new AtomicInteger();
    CountDownLatch forever = new CountDownLatch(1);
    DelegatingDataSource hanging =
        new DelegatingDataSource() {
          @Override
          public Connection getConnection() throws SQLException {
            questions.incrementAndGet();
            try {
              forever.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            throw new SQLException("gone");
          }
        };
    DatabaseHealth health = new DatabaseHealth(hanging, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    assertThat(health.ask()).isNull();
    assertThat(health.ask()).isNull();
    assertThat(questions).hasValue(1);
    health.destroy();
  }
}
