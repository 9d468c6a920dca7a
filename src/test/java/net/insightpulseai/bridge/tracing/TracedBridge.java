package net.insightpulseai.bridge.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import net.insightpulseai.bridge.TestCollector;
import net.insightpulseai.bridge.TestSubscriber;
import net.insightpulseai.bridge.subscriber.SubscriberTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole bridge before a collector, with a webhook as its subscriber. */
abstract class TracedBridge extends SubscriberTest {

  /** As long as the bridge, which other test classes share. */
  private static final TestCollector COLLECTOR = new TestCollector();

  private TestSubscriber webhook;

  @DynamicPropertySource
  static void collector(DynamicPropertyRegistry registry) {
    registry.add("OTEL_EXPORTER_OTLP_ENDPOINT", COLLECTOR::url);
  }

  @BeforeEach
  final void subscribe() {
    webhook = new TestSubscriber();
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, url, event_types, format, signature, secrets)"
                + " values ('crm', 'webhook', ?, '{*,bridge.*}', 'full', 'standard',"
                + " '[{\"ref\": \"env:BRIDGE_SUBSCRIBER_TEST\"}]')",
            webhook.url() + "/hook/a-secret-in-the-address");
  }

  @AfterEach
  final void hangUp() {
    webhook.close();
  }

  static TestCollector collector() {
    return COLLECTOR;
  }

  final TestSubscriber webhook() {
    return webhook;
  }

  /** A trace that began elsewhere. */
  record Caller(String traceId, String spanId) {

    static Caller fresh() {
      byte[] bytes = new byte[24];
      ThreadLocalRandom.current().nextBytes(bytes);
      String hex = HexFormat.of().formatHex(bytes);
      return new Caller(hex.substring(0, 32), hex.substring(32));
    }

    String traceparent() {
      return "00-" + traceId + "-" + spanId + "-01";
    }
  }

  /** Sends a signed event with a trace. */
  final void event(Caller caller, String body) {
    assertThat(
            post(
                    "/functions/v1/odoo_event_ingest",
                    body,
                    "x-signature",
                    sign(body),
                    "traceparent",
                    caller.traceparent(),
                    "tracestate",
                    "odoo=1")
                .statusCode())
        .isEqualTo(200);
  }
}
