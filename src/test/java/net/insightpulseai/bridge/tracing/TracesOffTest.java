package net.insightpulseai.bridge.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestDatabase;
import net.insightpulseai.bridge.TestSubscriber;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.RoutePolicyFactory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Without a collector there is no tracing, and what arrives is passed on. */
class TracesOffTest extends BridgeTest {

  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String EVENT = "{\"event_type\":\"res.partner.updated\",\"resource_id\":7}";

  @Autowired private ApplicationContext beans;
  @Autowired private CamelContext camel;

  @Test
  void noTracerIsThereAndNoRouteHasAnythingOfIt() {
    assertThat(beans.getBeanDefinitionNames())
        .filteredOn(name -> beans.getType(name) != null)
        .extracting(name -> beans.getType(name).getName())
        .noneMatch(type -> type.startsWith("io.opentelemetry") || type.contains(".TraceRoutes"));
    assertThat(camel.getCamelContextExtension().getInterceptStrategies()).isEmpty();
    assertThat(camel.getRoutePolicyFactories())
        .extracting(RoutePolicyFactory::getClass)
        .noneMatch(type -> type.getPackageName().endsWith(".tracing"));
  }

  @Test
  void noClassOfItIsLoadedInAProcessThatTakesAnEvent() throws Exception {
    Path loaded = Path.of("target", "loaded-classes-" + ProcessHandle.current().pid() + ".txt");
    try (TestDatabase database = TestDatabase.fresh();
        BridgeProcess bridge =
            new BridgeProcess(
                database,
                Map.of(
                    "EDGE_HMAC_SECRET",
                    SECRET,
                    "BRIDGE_ARCHIVE_TO",
                    "s3://events/odoo",
                    "JDK_JAVA_OPTIONS",
                    "-Xlog:class+load:file=" + loaded))) {
      await().atMost(Duration.ofMinutes(4)).until(() -> stored(bridge) == 200);
      List<String> classes = Files.readAllLines(loaded);
      assertThat(classes).anyMatch(line -> line.contains(" org.apache.camel.CamelContext "));
      // Spring Boot asks whether this one is there.
      assertThat(classes.stream().filter(line -> line.contains(" io.opentelemetry.")))
          .allMatch(line -> line.contains(" io.opentelemetry.context.ContextStorage "));
      assertThat(classes)
          .as("until there is something to archive")
          .noneMatch(line -> line.contains(" software.amazon.awssdk."));
    } finally {
      Files.deleteIfExists(loaded);
    }
  }

  private static int stored(BridgeProcess bridge) throws InterruptedException {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(bridge.url("/functions/v1/odoo_event_ingest")))
                  .header("x-signature", sign(EVENT))
                  .header("traceparent", PARENT)
                  .POST(HttpRequest.BodyPublishers.ofString(EVENT))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void whatArrivesIsPassedOnToSubscribersAndToOdooAsItIs() throws Exception {
    try (TestSubscriber webhook = new TestSubscriber()) {
      jdbc()
          .update(
              "insert into bridge.subscriber (name, kind, url, event_types, format, signature, secrets)"
                  + " values ('crm', 'webhook', ?, '{*}', 'full', 'standard',"
                  + " '[{\"ref\": \"env:BRIDGE_SUBSCRIBER_TEST\"}]')",
              webhook.url());
      post(
          "/functions/v1/odoo_event_ingest",
          EVENT,
          "x-signature",
          sign(EVENT),
          "traceparent",
          PARENT,
          "tracestate",
          "odoo=1");
      post(
          "/functions/v1/push_to_odoo",
          "{\"action\":\"res.partner.write\",\"args\":{\"id\":3}}",
          "apikey",
          serviceKey(),
          "traceparent",
          PARENT,
          "tracestate",
          "no state");
      awaitDelivered(1);

      assertThat(webhook.calls().get(0).header("traceparent")).isEqualTo(PARENT);
      assertThat(webhook.calls().get(0).header("tracestate")).isEqualTo("odoo=1");
      assertThat(odoo().calls("res.partner.write").get(0).header("traceparent")).isEqualTo(PARENT);
      assertThat(odoo().calls("res.partner.write").get(0).header("tracestate")).isNull();
    }
  }

  @Test
  void whatAnInsertSaysIsCheckedToo() {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args, traceparent, tracestate) values"
                + " ('a.b', '{\"id\": 1}', ?, repeat('x', 100000)), ('a.c', '{\"id\": 2}', 'no, really', null)",
            PARENT);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> odoo().calls("a.b").size() + odoo().calls("a.c").size() == 2);

    assertThat(odoo().calls("a.b").get(0).header("traceparent")).isEqualTo(PARENT);
    assertThat(odoo().calls("a.b").get(0).header("tracestate")).isNull();
    assertThat(odoo().calls("a.c").get(0).header("traceparent")).isNull();
  }
}
