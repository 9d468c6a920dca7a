package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;

@DirtiesContext
class DatabaseStoppedTest extends BridgeTest {

  private static final String EVENT = "{\"event_type\":\"a\",\"event_id\":\"e1\"}";

  /** A server that this test may stop. */
  @TestConfiguration(proxyBeanMethods = false)
  static class OwnServer {

    @Bean(destroyMethod = "close")
    @Primary
    TestDatabase ownDatabase() {
      return TestDatabase.ownServer();
    }
  }

  @Test
  void aStoppedDatabaseIs503WithRetryAfterAndNeedsNoRestart() {
    assertThat(send().statusCode()).isEqualTo(200);
    database().stopServer();
    HttpResponse<String> refused = send();
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValueAsLong("retry-after").orElseThrow()).isPositive();
    assertThat(refused.body()).doesNotContain("SQL", "127.0.0.1", "Exception");
    await()
        .untilAsserted(
            () -> {
              HttpResponse<String> health = get("/health");
              assertThat(health.statusCode()).isEqualTo(503);
              assertThat(health.headers().firstValue("retry-after")).isPresent();
            });
    database().startServer();
    await().atMost(Duration.ofSeconds(60)).until(() -> send().statusCode() == 200);
    assertThat(jdbc().queryForObject("select count(*) from public.audit_event", Long.class))
        .isOne();
  }

  private HttpResponse<String> send() {
    return postSigned("/functions/v1/odoo_event_ingest", EVENT);
  }
}
