package net.insightpulseai.bridge.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestSubscriber.Answer;
import net.insightpulseai.bridge.target.PauseHours;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The examples of docs/route-examples.md about actions, and about events that come in. */
class TrafficExamplesTest extends RouteExamples {

  private static final String CREDIT = "## Ask another system before Odoo";
  private static final String NIGHT = "## Stop the outbox at night";
  private static final String SHOP = "## An address for another sender";
  private static final String SHIPPED = "actions/odoo-actions";
  private static final String HOUR = "${date-with-timezone:now:Europe/Berlin:HH}";
  private static final String ODOO = "select state from bridge.target where name = 'odoo'";

  @Autowired private PauseHours hours;

  @Test
  void anActionThatTheOtherSystemRefusesNeverReachesOdoo() throws IOException {
    create("ask-credit", yaml(CREDIT).replace("https://credit.example.com", receiver().url()));
    String edited = askFirst(Files.readString(file(SHIPPED)));
    write(SHIPPED, edited);
    apply();

    receiver().answer(call -> Answer.text(200, "{}"));
    long agreed = action("approve");
    awaitText("applied", status(agreed));
    assertThat(received(1).at("/args/order").asText()).isEqualTo("approve");
    assertThat(odoo().calls("post_order")).hasSize(1);
    assertThat(odoo().calls("post_order").get(0).json().at("/args/order").asText())
        .isEqualTo("approve");

    receiver()
        .answer(
            call -> Answer.text(422, "{\"ok\":false,\"code\":\"no_credit\",\"message\":\"no\"}"));
    long refused = action("refuse");
    awaitText("error", status(refused));
    assertThat(text("select last_error from public.odoo_action_outbox where id = ?", refused))
        .contains("no_credit");

    receiver().answer(call -> Answer.of(503));
    long later = action("later");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> text("select count(*) from bridge.attempt where row_id = ?", later).equals("1"));
    receiver().answer(call -> Answer.text(200, "{}"));
    jdbc()
        .update("update public.odoo_action_outbox set next_attempt_at = now() where id = ?", later);
    awaitText("applied", status(later));
    assertThat(odoo().calls("post_order")).hasSize(2);
  }

  /** The edit that the page describes. */
  private static String askFirst(String shipped) {
    int from = shipped.indexOf("        - process:\n            id: sign-action");
    int to = shipped.indexOf("        - process:\n            id: decide-outcome");
    String moved = shipped.substring(from, to).indent(10);
    String edit = block(CREDIT, "yaml", 2);
    String mark = "                  # sign-action and apply-action\n";
    assertThat(edit).endsWith(mark);
    return shipped.substring(0, from) + edit.replace(mark, moved) + shipped.substring(to);
  }

  private long action(String order) {
    return jdbc()
        .queryForObject(
            "insert into public.odoo_action_outbox (action, args)"
                + " values ('post_order', jsonb_build_object('order', ?::text)) returning id",
            Long.class,
            order);
  }

  private static String status(long action) {
    return "select status from public.odoo_action_outbox where id = " + action;
  }

  @Test
  void atNightWhatIsInFlightEndsAndTheRestWaitsForTheMorning() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    odoo()
        .answer(
            call -> {
              called.countDown();
              try {
                assertThat(mayAnswer.await(30, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return TestOdoo.applied(call);
            });
    long inFlight = action("one");
    assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();

    create("night", at("23"));
    awaitText("paused", ODOO);
    long waiting = action("two");
    mayAnswer.countDown();
    awaitText("applied", status(inFlight));
    assertThat(text(status(waiting))).isEqualTo("queued");
    assertThat(text("select changed_by || ': ' || reason from bridge.target where name = 'odoo'"))
        .isEqualTo("night: Odoo is backed up until 06:00");

    create("night", at("07"));
    awaitText("applied", status(waiting));
    assertThat(odoo().calls("post_order")).hasSize(2);
    awaitText(
        "1", "select count(*) from public.audit_event where event_type = 'bridge.target.paused'");

    create("night", at("05"));
    awaitText("paused", ODOO);
  }

  @Test
  void nightAndMorningLeaveAnOperatorsPauseAlone() {
    assertThat(ask("POST", "/bridge/targets/odoo/pause", BY_ADA).statusCode()).isEqualTo(200);
    hours.pause("odoo", "night", "a test");
    hours.resume("odoo", "night", "a test");
    assertThat(text("select changed_by || ' ' || state from bridge.target where name = 'odoo'"))
        .isEqualTo("ada paused");
    assertThat(ask("POST", "/bridge/targets/odoo/resume", BY_ADA).statusCode()).isEqualTo(200);
    awaitText("running", ODOO);
  }

  private static String at(String hour) {
    assertThat(yaml(NIGHT)).contains(HOUR);
    return yaml(NIGHT).replace(HOUR, hour);
  }

  @Test
  void theOtherSenderIsKnownByItsOwnSecretAlone() {
    create("shop", yaml(SHOP));
    String body = "{\"delivery\": \"d-1\", \"order\": {\"id\": \"17\", \"total\": 99.95}}";

    assertThat(shop(body, sign(SHOP_SECRET, body.getBytes(UTF_8))).body())
        .contains("\"event_type\":\"shop.order.paid\"")
        .contains("\"duplicate\":false");
    assertThat(shop(body, sign(SHOP_SECRET, body.getBytes(UTF_8))).body())
        .contains("\"duplicate\":true");
    assertThat(
            text(
                "select resource_id || payload::text from public.audit_event where source = 'supabase'"))
        .isEqualTo("17{\"id\": \"17\", \"total\": 99.95}");

    assertThat(shop(body, sign(body)).statusCode()).as("the bridge's own secret").isEqualTo(401);
    assertThat(post("/custom/shop", body).statusCode()).isEqualTo(401);
    assertThat(postSigned("/functions/v1/odoo_event_ingest", body).statusCode()).isNotEqualTo(401);
    assertThat(
            post(
                    "/functions/v1/odoo_event_ingest",
                    body,
                    "x-signature",
                    sign(SHOP_SECRET, body.getBytes(UTF_8)))
                .statusCode())
        .as("the shop's secret elsewhere")
        .isEqualTo(401);
    assertThat(shop("{", sign(SHOP_SECRET, "{".getBytes(UTF_8))).statusCode()).isEqualTo(400);

    create("shop", yaml(SHOP).replace("BRIDGE_SENDER_SHOP", "EDGE_HMAC_SECRET"));
    assertThat(shop(body, sign(body)).statusCode())
        .as("a secret for something else")
        .isEqualTo(401);
    undo();
    assertThat(shop(body, sign(body)).statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> shop(String body, String signature) {
    return post("/custom/shop", body, "X-Hub-Signature-256", "sha256=" + signature);
  }
}
