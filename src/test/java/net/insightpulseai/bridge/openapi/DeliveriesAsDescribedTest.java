package net.insightpulseai.bridge.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.TestSubscriber.Call;
import net.insightpulseai.bridge.ingest.ExactJson;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a webhook receives is what the description says under {@code webhooks}. */
class DeliveriesAsDescribedTest extends BridgeTest {

  private static final String BODY =
      "/webhooks/event/post/requestBody/content/application~1json/schema";

  private final OpenApi api = new OpenApi(ExamplesTest.read());

  @ParameterizedTest
  @CsvSource({"full, standard", "thin, standard", "full, document", "thin, document"})
  void aDeliveryIsAsDescribed(String format, String signature) throws IOException {
    try (TestSubscriber subscriber = new TestSubscriber()) {
      String made =
          """
          {"name": "crm", "kind": "webhook", "url": "%s", "format": "%s", "signature": "%s",
           "secret": "env:BRIDGE_SUBSCRIBER_TEST"}
          """
              .formatted(subscriber.url(), format, signature);
      assertThat(post("/bridge/subscribers", made, "apikey", serviceKey()).statusCode())
          .isEqualTo(201);
      String event = api.document().at("/components/examples/NewEvent/value").toString();
      assertThat(postSigned("/functions/v1/odoo_event_ingest", event).statusCode()).isEqualTo(200);
      await().atMost(Duration.ofSeconds(20)).until(() -> !subscriber.calls().isEmpty());
      Call call = subscriber.calls().get(0);
      JsonNode body = ExactJson.mapper().readTree(call.body());
      assertThat(api.faults(BODY, body)).as(body.toString()).isEmpty();
      String schema = format.equals("full") ? "DeliveredEvent" : "ThinEvent";
      assertThat(api.faults("/components/schemas/" + schema, body)).isEmpty();
      assertThat(own(call)).isSubsetOf(headers(false)).containsAll(headers(true));
      assertThat(own(call))
          .contains(signature.equals("standard") ? "webhook-signature" : "x-signature");
    }
  }

  /** The headers of a call that are about the event. */
  private static Set<String> own(Call call) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    call.headers().keySet().stream()
        .filter(name -> name.toLowerCase(Locale.ROOT).matches("(webhook|x)-.*"))
        .forEach(names::add);
    return names;
  }

  private Set<String> headers(boolean required) {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    api.document()
        .at("/webhooks/event/post/parameters")
        .forEach(
            one -> {
              if (!required || one.path("required").asBoolean()) {
                names.add(one.path("name").asText());
              }
            });
    return names;
  }
}
