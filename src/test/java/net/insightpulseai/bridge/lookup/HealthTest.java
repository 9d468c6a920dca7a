package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class HealthTest extends LookUpTest {

  @Test
  void anyoneMayAskAndLearnsOnlyWhetherItWorks() {
    HttpResponse<String> response = get("/health");
    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode health = json(response);
    assertThat(health.path("status").textValue()).isEqualTo("up");
    assertThat(health.path("mode").textValue()).isEqualTo("production");
    assertThat(health.path("queues").path("odoo-actions").textValue()).isEqualTo("running");
    assertThat(health.path("queues").path("event-deliveries").textValue()).isEqualTo("running");
    assertThat(health.path("stopped_subscribers").intValue()).isZero();
    assertThat(health.fieldNames())
        .toIterable()
        .containsExactly("status", "mode", "database", "pairing", "queues", "stopped_subscribers");
  }
}
