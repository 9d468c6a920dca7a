package net.insightpulseai.bridge.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestSubscriber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A subscriber on everything that gives back whatever it gets. */
class LoopTest extends BridgeTest {

  private TestSubscriber echo;

  @BeforeEach
  void subscribe() {
    echo = new TestSubscriber();
    echo.answer(
        call -> {
          int status = postSigned("/bridge/event", new String(call.body(), UTF_8)).statusCode();
          return TestSubscriber.Answer.of(status);
        });
    String created =
        post(
                "/bridge/subscribers",
                "{\"name\":\"echo\",\"kind\":\"webhook\",\"url\":\"%s\",\"event_types\":[\"*\"]}"
                    .formatted(echo.url()),
                "apikey",
                SERVICE_KEY)
            .body();
    assertThat(created).contains("whsec_");
    odoo().answer(TestOdoo::applied);
  }

  @AfterEach
  void stop() {
    echo.close();
  }

  @Test
  void anEventFromElsewhereIsPassedOnEightTimesAndThenNoMore() {
    postSigned("/bridge/event", "{\"event_type\":\"app.order.paid\"}");

    awaitQuiet();
    assertThat(hops()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(echo.calls()).hasSize(8);
  }

  @Test
  void theSameDeliveryGivenBackTwiceIsOneEvent() {
    echo.answer(
        call -> {
          postSigned("/bridge/event", new String(call.body(), UTF_8));
          postSigned("/bridge/event", new String(call.body(), UTF_8));
          return TestSubscriber.Answer.of(204);
        });

    postSigned("/bridge/event", "{\"event_type\":\"app.order.paid\"}");

    awaitQuiet();
    assertThat(hops()).hasSize(9);
  }

  @Test
  void withOdooListeningTooItEndsAndOdooHearsItThreeTimesAtMost() {
    post("/bridge/subscribers", "{\"name\":\"erp\",\"kind\":\"odoo\"}", "apikey", SERVICE_KEY);

    postSigned("/bridge/event", "{\"event_type\":\"app.order.paid\"}");

    awaitQuiet();
    assertThat(hops()).hasSize(9);
    assertThat(odoo().calls()).filteredOn(call -> call.path().endsWith("/event_push")).hasSize(3);
  }

  @Test
  void anEventOfOdooComesBackToItOnNoWay() {
    post("/bridge/subscribers", "{\"name\":\"erp\",\"kind\":\"odoo\"}", "apikey", SERVICE_KEY);

    postSigned("/functions/v1/odoo_event_ingest", "{\"event_type\":\"res.partner.updated\"}");

    awaitQuiet();
    assertThat(hops()).hasSize(9);
    assertThat(odoo().calls()).noneMatch(call -> call.path().endsWith("/event_push"));
  }

  @Test
  void anActionsOwnEventsGoToNobodyWhoDidNotNameThem() {
    post(
        "/functions/v1/push_to_odoo",
        "{\"action\":\"res.partner.update\",\"args\":{\"id\":42}}",
        "apikey",
        SERVICE_KEY);

    await().untilAsserted(() -> assertThat(types()).contains("bridge.action.applied"));
    awaitQuiet();
    assertThat(echo.calls()).isEmpty();
  }

  /** Until nothing is due or under way, and every call that was begun has ended. */
  private void awaitQuiet() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                jdbc()
                    .queryForObject(
                        "select not exists (select from bridge.event_delivery where status in ('queued', 'sent'))",
                        Boolean.class));
    assertThat(
            jdbc().queryForList("select distinct status from bridge.event_delivery", String.class))
        .isSubsetOf("delivered");
  }

  private List<Integer> hops() {
    return jdbc()
        .queryForList(
            "select hop from public.audit_event where event_type not like 'bridge.%' order by id",
            Integer.class);
  }

  private List<String> types() {
    return jdbc()
        .queryForList("select event_type from public.audit_event order by id", String.class);
  }
}
