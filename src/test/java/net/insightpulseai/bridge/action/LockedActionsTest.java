package net.insightpulseai.bridge.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What somebody locks in the queue of actions holds up the pushes that meet it, and nobody else.
 */
class LockedActionsTest extends ActionTest {

  private static final String KEY = "{\"action\":\"x.y\",\"idempotency_key\":\"k\",\"wait\":0}";

  private final ExecutorService callers = Executors.newCachedThreadPool();
  private Connection other;

  @BeforeEach
  void open() throws SQLException {
    other = jdbc().getDataSource().getConnection();
    other.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    other.rollback();
    other.close();
    callers.shutdownNow();
  }

  @Test
  void aRepeatedKeyDoesNotWaitForALockOnItsRow() throws SQLException {
    push("{\"action\":\"x.y\",\"idempotency_key\":\"k\"}");
    execute("select from public.odoo_action_outbox where idempotency_key = 'k' for update");

    assertThat(pushes(KEY))
        .allSatisfy(
            push ->
                assertThat(push)
                    .succeedsWithin(Duration.ofSeconds(60))
                    .returns(202, HttpResponse::statusCode));
  }

  @Test
  void aPushBehindALockIs503AndEventsAreStoredMeanwhile() throws SQLException {
    execute("lock table public.odoo_action_outbox in share mode");

    List<CompletableFuture<HttpResponse<String>>> pushes = pushes(KEY);
    for (int i = 0; i < 10; i++) {
      assertThat(
              postSigned("/functions/v1/odoo_event_ingest", "{\"event_type\":\"x.y\"}")
                  .statusCode())
          .isEqualTo(200);
      assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    assertThat(pushes)
        .allSatisfy(
            push -> {
              assertThat(push).succeedsWithin(Duration.ofSeconds(60));
              assertThat(push.join().statusCode()).isEqualTo(503);
              assertThat(push.join().headers().firstValue("retry-after")).isPresent();
            });
  }

  private List<CompletableFuture<HttpResponse<String>>> pushes(String body) {
    return IntStream.range(0, 12)
        .mapToObj(n -> CompletableFuture.supplyAsync(() -> push(body), callers))
        .toList();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }
}
