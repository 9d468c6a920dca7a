package net.insightpulseai.bridge.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpHeaders;
import java.time.Duration;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import net.insightpulseai.bridge.TestSubscriber.Call;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The examples of docs/route-examples.md that deliver events in a way of their own. */
class DeliveryExamplesTest extends RouteExamples {

  private static final String SLACK = "## Events to Slack, Teams or mail";
  private static final String TILL = "## A retry schedule of its own";
  private static final String BIG = "## Filter and reshape";
  private static final String MIRROR = "## Mirror events to a table";
  private static final String STATUS = "select status from bridge.event_delivery order by id";
  private static final String NOTE = "{\"found\": \"\\\"x\\\", } 7 \u20ac\"}";

  @Autowired private CamelContext camel;

  @Test
  void aLineGoesToSlackAndWhatSlackRefusesIsRetriedAndAtLastADeadLetter() {
    subscribe(SLACK);
    create("slack", yaml(SLACK));
    receiver().answer(call -> Answer.text(404, "no_service"));

    event("bridge.alert.opened", NOTE);
    event("sale.order.cancelled", "{}");
    String line = "bridge.alert.opened 7: {found=\"x\", } 7 \u20ac}";
    assertThat(received(1).toString())
        .isEqualTo("{\"text\":\"" + line.replace("\"", "\\\"") + "\"}");
    awaitText("not_found", "select class from bridge.attempt");
    awaitText("queued", STATUS);

    jdbc().update("update bridge.event_delivery set max_attempts = 2, next_attempt_at = now()");
    received(2);
    awaitText("error", STATUS);
    awaitText("attempts_spent", "select reason from bridge.dead_letter");
    receiver().answer(call -> Answer.text(200, "ok"));
    assertThat(ask("POST", SUBSCRIBERS + "/slack/test", "").body()).contains("\"status\":200");
    assertThat(received(3).path("text").asText()).startsWith("bridge.ping");
  }

  @Test
  void theVariantsForTeamsAndForMailDifferInTheMessageAlone() {
    subscribe(SLACK);
    create("slack", variant(2));
    event("bridge.alert.opened", NOTE);
    assertThat(received(1).at("/attachments/0/content/body/0/text").asText())
        .contains("{found=\"x\", } 7 \u20ac}");

    create("slack", variant(3));
    event("bridge.alert.opened", NOTE);
    assertThat(received(2).path("to").asText()).isEqualTo("ops@example.com");
    assertThat(received(2).path("text").asText()).contains("{found=\"x\", } 7 \u20ac}");
    assertThat(receiver().calls().get(1).header("content-type")).isEqualTo("application/json");
  }

  private static String variant(int n) {
    String message = "                expression: '{\"text\": ${body}}'\n";
    assertThat(yaml(SLACK)).contains(message);
    return yaml(SLACK).replace(message, block(SLACK, "yaml", n));
  }

  @Test
  void onlyWithoutItsFileTheSubscriberGetsTheEventAsItIsAgain() throws Exception {
    subscribe(TILL);
    create("till", yaml(TILL).replace("deliver-custom-till", "deliver-custom-other"));
    event("stock.moved", "{}");
    assertThat(received(1).path("event_type").asText()).isEqualTo("stock.moved");

    // The version before stays a while for what it has begun; it must not serve anything else.
    create("till", yaml(TILL));
    create("till", yaml(SLACK).replace("slack", "till"));
    event("stock.moved", "{}");
    assertThat(received(2).path("text").asText()).isEqualTo("stock.moved 7: {}");

    camel.getRouteController().stopRoute("deliver-custom-till");
    event("stock.moved", "{}");
    awaitText("1", "select count(*) from bridge.event_delivery where status = 'sent'");
    camel.getRouteController().startRoute("deliver-custom-till");
    assertThat(received(3).path("text").asText()).isEqualTo("stock.moved 7: {}");

    undo();
    event("stock.moved", "{}");
    assertThat(received(4).path("event_type").asText()).isEqualTo("stock.moved");
  }

  @Test
  void aRouteThatDeliversAndDecidesNothingIsRefused() {
    String text = yaml(SLACK);
    int last = text.indexOf("        - process:\n            id: slack-decide-outcome");
    assertThat(refused("slack", text.substring(0, last)))
        .contains(
            "slack.camel.yaml:7: route \"deliver-custom-slack\" delivers to a subscriber and never reaches");
    assertThat(refused("slack", yaml(TILL).replace("10s,1m,10m", "10s,1m,10")))
        .contains("retrySchedule: \"10\" is no delay; expected delays such as 30s,5m,1h");
  }

  @Test
  void theScheduleOfTheRouteCountsAndNotTheConfiguredOne() {
    subscribe(TILL);
    create("till", yaml(TILL));
    receiver().answer(call -> Answer.of(500));
    event("stock.moved", "{}");

    for (int seconds : new int[] {10, 60, 600}) {
      int attempt = receiver().calls().size() + 1;
      received(attempt);
      awaitText("queued", STATUS);
      assertThat(
              text(
                  "select extract(epoch from next_attempt_at - (select max(at) from bridge.attempt))::int"
                      + " from bridge.event_delivery"))
          .satisfies(
              left ->
                  assertThat(Integer.parseInt(left)).isBetween(seconds - 5, seconds * 6 / 5 + 2));
      jdbc().update("update bridge.event_delivery set next_attempt_at = now()");
    }
    received(4);
    awaitText("error", STATUS);
    assertThat(receiver().calls()).hasSize(4).allSatisfy(DeliveryExamplesTest::isSigned);
  }

  private static void isSigned(Call call) {
    HttpHeaders headers = call.httpHeaders();
    assertThat(headers.map()).containsKeys("webhook-signature", "webhook-id");
  }

  @Test
  void onlyLargeOrdersArriveInTheirNewForm() {
    subscribe(BIG);
    create("big-orders", yaml(BIG));
    event("sale.order.confirmed", "{\"name\": \"S1\", \"amount_total\": 999.99}");
    event(
        "sale.order.confirmed",
        "{\"name\": \"S\\\"2\", \"amount_total\": 1000.10, \"lines\": [1], \"partner\": {\"name\": \"Zo\u00eb\"}}");
    event("sale.order.confirmed", "{\"name\": \"S3\", \"amount_total\": 9007199254740993.10}");

    awaitDelivered(3);
    assertThat(receiver().calls())
        .extracting(Call::text)
        .containsExactlyInAnyOrder(
            "{\"kind\":\"order\",\"order\":\"S\\\"2\",\"customer\":\"Zo\u00eb\",\"total\":1000.10}",
            "{\"kind\":\"order\",\"order\":\"S3\",\"customer\":null,\"total\":9007199254740993.10}");
    assertThat(receiver().calls()).allSatisfy(DeliveryExamplesTest::isSigned);
  }

  @Test
  void theTableHoldsEachEventOnceThoughItIsDeliveredTwice() {
    subscribe(MIRROR);
    create("mirror", yaml(MIRROR));
    String orders = "select event_id || order_name || total from public.order_mirror";
    long first = event("sale.order.confirmed", "{\"name\": \"S1\", \"amount_total\": 10.50}");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(text("select count(*) from bridge.attempt")).isNotEqualTo("0"));
    try {
      database().jdbc().execute(block(MIRROR, "sql", 1));
      jdbc().update("update bridge.event_delivery set next_attempt_at = now()");
      awaitDelivered(1);
      awaitText("evt_" + first + "S110.50", orders);

      jdbc()
          .update(
              "update bridge.event_delivery set status = 'queued', next_attempt_at = now(), delivered_at = null");
      awaitDelivered(1);
      awaitText("evt_" + first + "S110.50", orders);
      assertThat(receiver().calls()).isEmpty();
    } finally {
      jdbc().execute("drop table if exists public.order_mirror");
    }
  }
}
