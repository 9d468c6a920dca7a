package net.insightpulseai.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What happens elsewhere, as Odoo is told of it. */
class EventPushTest extends EndToEndTest {

  private static final String PUSH = "/api/agent/event_push";

  @Test
  void anEventFromElsewhereIsInOdoosInboxOnceHoweverOftenItIsSent() {
    subscribeOdoo();
    AtomicInteger swallowed = new AtomicInteger();
    toOdoo().answers(call -> !call.path().equals(PUSH) || swallowed.getAndIncrement() > 0);
    String correlationId = UUID.randomUUID().toString();
    byte[] event =
        text(Map.of(
                "event_id",
                "paid-" + correlationId,
                "event_type",
                "app.order.paid",
                "resource_id",
                "7",
                "payload",
                Map.of("amount", "99.95"),
                "correlation_id",
                correlationId))
            .getBytes(StandardCharsets.UTF_8);
    for (int times = 0; times < 2; times++) {
      HttpResponse<String> stored =
          post("/bridge/event", event, "x-signature", sign(lines().hmacSecret(), event));
      assertThat(stored.statusCode()).as(stored.body()).isEqualTo(200);
      assertThat(parse(stored.body()).path("duplicate").asBoolean()).isEqualTo(times == 1);
    }
    awaitDelivered(1);

    assertThat(toOdoo().requests(PUSH)).hasSize(2);
    List<Long> found =
        real().search("ip.event.inbox", List.of(List.of("correlation_id", "=", correlationId)));
    assertThat(found).hasSize(1);
    JsonNode payload = real().field("ip.event.inbox", found.get(0), "payload");
    assertThat(payload.toString()).isEqualTo("{\"amount\":\"99.95\"}");
  }
}
