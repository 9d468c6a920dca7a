package net.insightpulseai.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.TestOdoo.Call;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What Odoo is told of, and what never goes back to it. */
class DeliverToOdooTest extends BridgeTest {

  private static final String CORRELATION = "1b4e28ba-2fa1-4d2e-9b6e-0123456789ab";

  @Autowired OdooProbe probe;

  @BeforeEach
  void subscribe() {
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, event_types) values ('odoo', 'odoo', '{*}')");
    odoo().answer(DeliverToOdooTest::asTheModule);
  }

  @Test
  void anEventFromElsewhereReachesOdooSigned() {
    postEvent(
        """
        {"event_type":"app.order.paid","resource_id":7,"payload":{"amount":12345678901234567890.10,"who":"Zoë"},
         "correlation_id":"%s"}"""
            .formatted(CORRELATION));

    awaitDelivered(1);
    Call call = pushes().get(0);
    assertThat(call.text()).contains("12345678901234567890.10", "Zoë");
    JsonNode body = call.json();
    assertThat(body.path("event_id").asText()).isEqualTo("evt_1");
    assertThat(body.path("event_type").asText()).isEqualTo("app.order.paid");
    assertThat(body.path("resource_id").asText()).isEqualTo("7");
    assertThat(body.path("source").asText()).isEqualTo("supabase");
    assertThat(body.path("correlation_id").asText()).isEqualTo(CORRELATION);
    assertThat(body.path("hop").asInt()).isEqualTo(1);
    assertThat(body.path("audience").asText()).isEqualTo("odoo.event_push");
    assertThat(body.path("timestamp").asLong())
        .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond() + 1);
    assertThat(body.fieldNames())
        .toIterable()
        .containsExactly(
            "event_id",
            "event_type",
            "resource_id",
            "payload",
            "source",
            "correlation_id",
            "causation_id",
            "hop",
            "audience",
            "timestamp");
    assertThat(call.header("x-signature")).isEqualTo(sign(call.body()));
    assertThat(call.header("x-api-key")).isEqualTo(TestOdoo.TOKEN);
    assertThat(call.header("Idempotency-Key")).isEqualTo("evt_1");
    assertThat(call.header("x-correlation-id")).isEqualTo(CORRELATION);
  }

  @Test
  void nothingThatCameFromOdooGoesBack() {
    postSigned("/functions/v1/odoo_event_ingest", "{\"event_type\":\"res.partner.updated\"}");
    // A subscriber has passed it on.
    postEvent(
        "{\"event_type\":\"res.partner.updated\",\"origin\":{\"source\":\"odoo\",\"hop\":1}}");

    assertNothingIsDueButForAControl();
  }

  @Test
  void nothingThatTheBridgeHasCausedGoesBack() {
    post(
        "/functions/v1/push_to_odoo",
        "{\"action\":\"res.partner.update\",\"args\":{\"id\":42},\"correlation_id\":\"%s\"}"
            .formatted(CORRELATION),
        "apikey",
        SERVICE_KEY);
    assertThat(odoo().calls("res.partner.update")).hasSize(1);

    postEvent("{\"event_type\":\"app.synced\",\"correlation_id\":\"%s\"}".formatted(CORRELATION));
    postEvent(
        "{\"event_type\":\"app.synced\",\"origin\":{\"correlation_id\":\"%s\"}}"
            .formatted(CORRELATION));
    postEvent("{\"event_type\":\"app.synced\",\"origin\":{\"source\":\"bridge\",\"hop\":1}}");

    assertNothingIsDueButForAControl();
  }

  @Test
  void aChainThatHasPassedTheBridgeThreeTimesEnds() {
    postEvent("{\"event_type\":\"app.echo\",\"origin\":{\"source\":\"supabase\",\"hop\":3}}");
    assertNothingIsDueButForAControl();

    postEvent("{\"event_type\":\"app.echo\",\"origin\":{\"source\":\"supabase\",\"hop\":2}}");
    awaitDelivered(2);
    assertThat(pushes().get(1).json().path("hop").asInt()).isEqualTo(3);
  }

  @Test
  void acceptedIsEnoughWithoutAWord() {
    odoo().answer(call -> new Answer(202, Map.of(), new byte[0]));

    postEvent("{\"event_type\":\"app.order.paid\"}");

    awaitDelivered(1);
    assertThat(delivery()).containsEntry("response_status", 202);
  }

  @Test
  void whatTheModuleRejectsIsADeadLetter() {
    odoo().answer(call -> Answer.error(422, "unknown_event"));

    postEvent("{\"event_type\":\"app.order.paid\"}");

    await().untilAsserted(() -> assertThat(delivery()).containsEntry("status", "error"));
    assertThat(text("select reason from bridge.dead_letter")).isEqualTo("rejected");
    assertThat(odoo().calls("bridge.ping")).isEmpty();
  }

  @Test
  void whileOdooIsAwayNoAttemptIsLostAndThePingTells() {
    odoo().answer(call -> new Answer(502, Map.of(), new byte[0]));

    postEvent("{\"event_type\":\"app.order.paid\"}");

    await().untilAsserted(() -> assertThat(odoo().calls("bridge.ping")).isNotEmpty());
    await().untilAsserted(() -> assertThat(delivery()).containsEntry("status", "queued"));
    assertThat(delivery()).containsEntry("attempts", 0);
    odoo().answer(DeliverToOdooTest::asTheModule);
    awaitDelivered(1);
    assertThat(delivery()).containsEntry("attempts", 1);
  }

  @Test
  void thePingIsForSubscribersThatAreOdooAndForNoOthers() {
    jdbc().update("insert into bridge.subscriber (name, kind) values ('hook', 'webhook')");

    assertThat(probe.covers("odoo")).isTrue();
    assertThat(probe.covers("subscriber:1")).isTrue();
    assertThat(probe.covers("subscriber:2")).isFalse();
    assertThat(probe.covers("subscriber:3")).isFalse();
  }

  private void assertNothingIsDueButForAControl() {
    postEvent("{\"event_type\":\"app.control\"}");
    awaitDelivered(1);
    assertThat(text("select count(*) from bridge.event_delivery")).isEqualTo("1");
    assertThat(pushes())
        .map(call -> call.json().path("event_type").asText())
        .containsExactly("app.control");
  }

  private void postEvent(String body) {
    assertThat(postSigned("/bridge/event", body).statusCode()).isEqualTo(200);
  }

  private List<Call> pushes() {
    return odoo().calls().stream().filter(call -> call.path().endsWith("/event_push")).toList();
  }

  private static Answer asTheModule(Call call) {
    return call.path().endsWith("/event_push")
        ? Answer.json(202, "{\"ok\":true,\"code\":\"ok\",\"duplicate\":false}")
        : TestOdoo.applied(call);
  }
}
