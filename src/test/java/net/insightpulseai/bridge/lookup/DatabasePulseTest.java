package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class DatabasePulseTest {

  @Test
  void thePausedQueueIsSeen() throws InterruptedException {
    try (TestDatabase database = TestDatabase.fresh()) {
      database
          .jdbc()
          .update(
              "insert into bridge.target (name, state) values ('subscriber:1', 'running'), ('subscriber:2', 'disabled')");
      database.jdbc().update("update bridge.target set state = 'paused' where name = 'odoo'");
      DatabasePulse pulse = new DatabasePulse(database.dataSource(), Clock.systemUTC());
      assertThat(pulse.queues())
          .containsEntry("odoo-actions", "paused")
          .containsEntry("event-deliveries", "disabled");
      pulse.destroy();
    }
  }

  @Test
  void aDatabaseThatIsAwayIsDownAndUpAgainWhenItIsBack() {
    try (TestDatabase database = TestDatabase.ownServer()) {
      DatabasePulse pulse = new DatabasePulse(database.dataSource(), Clock.systemUTC());
      await().ignoreExceptions().untilAsserted(() -> assertThat(pulse.queues()).isNotNull());
      database.stopServer();
      await().untilAsserted(() -> assertThat(pulse.queues()).isNull());
      database.startServer();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(pulse.queues()).isNotNull());
      pulse.destroy();
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
    DatabasePulse pulse = new DatabasePulse(hanging, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    assertThat(pulse.queues()).isNull();
    assertThat(pulse.queues()).isNull();
    assertThat(questions).hasValue(1);
    pulse.destroy();
  }
}
