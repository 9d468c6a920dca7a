package net.insightpulseai.bridge.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import net.insightpulseai.bridge.outbox.OutboxControl;
import net.insightpulseai.bridge.subscriber.SubscriberTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Who stopped a target and why, over HTTP and wherever it holds something up. */
class TargetsTest extends SubscriberTest {

  private static final String TARGETS = "/bridge/targets";
  private static final String BY_ANN = "{\"who\":\"ann\",\"why\":\"Odoo is updated\"}";

  @Autowired OutboxControl control;

  @BeforeEach
  void subscribe() {
    jdbc().update("insert into bridge.subscriber (name, kind) values ('erp', 'odoo')");
    created("crm");
  }

  @Test
  void allAreListedAndAPauseOfOdooIsThatOfItsSubscriber() {
    deliveryWaits(1, 3);
    JsonNode paused = json(200, ask("POST", TARGETS + "/odoo/pause", BY_ANN));
    assertThat(paused.path("state").asText()).isEqualTo("paused");

    JsonNode targets = json(200, ask("GET", TARGETS, "")).path("targets");

    assertThat(targets)
        .extracting(one -> one.path("target").asText())
        .containsExactly("odoo", "subscriber:1", "subscriber:2");
    assertStop(targets.get(0), "", 0);
    assertStop(targets.get(1), "odoo", 3);
    assertThat(targets.get(2).path("state").asText()).isEqualTo("running");
    assertStop(show("erp"), "odoo", 3);
    JsonNode plan =
        json(
            200,
            postSigned("/bridge/replay", "{\"record\":\"res.partner:1\",\"subscriber\":\"erp\"}"));
    assertThat(plan.at("/by_subscriber/0/state").asText()).isEqualTo("paused");
  }

  private static void assertStop(JsonNode target, String heldBy, int open) {
    assertThat(target.path("state").asText()).isEqualTo("paused");
    assertThat(target.path("changed_by").asText()).isEqualTo("ann");
    assertThat(target.path("reason").asText()).isEqualTo("Odoo is updated");
    assertThat(target.path("since").isTextual()).isTrue();
    assertThat(target.path("held_by").asText("")).isEqualTo(heldBy);
    assertThat(target.path("open").asInt()).isEqualTo(open);
  }

  @Test
  void whoAndWhyIsInTheActionTheTraceTheExplanationTheHealthAndTheCounts() {
    json(200, ask("POST", TARGETS + "/odoo/pause", BY_ANN));
    long action =
        json(
                202,
                post(
                    "/functions/v1/push_to_odoo?wait=0",
                    "{\"action\":\"res.partner.update\",\"args\":{\"id\":1}}",
                    "apikey",
                    serviceKey()))
            .path("id")
            .asLong();
    json(200, postSigned("/bridge/event", "{\"event_type\":\"app.order.paid\"}"));

    JsonNode row = json(200, ask("GET", "/bridge/actions/" + action, ""));
    assertThat(row.path("reason").asText()).isEqualTo("paused");
    assertThat(row.path("why").asText()).isEqualTo("Odoo is paused by ann: Odoo is updated");
    assertThat(row.path("changed_by").asText()).isEqualTo("ann");

    String event = text("select id from public.audit_event where event_type = 'app.order.paid'");
    JsonNode answer =
        json(200, ask("GET", "/bridge/events/" + event + "/deliveries", "")).path("answers").get(0);
    assertThat(answer.path("state").asText()).isEqualTo("waiting");
    assertThat(answer.path("why").asText()).isEqualTo("Odoo is paused by ann: Odoo is updated");

    String story =
        text("select correlation_id from public.audit_event where event_type = 'app.order.paid'");
    JsonNode told = json(200, ask("GET", "/bridge/trace/" + story, "")).at("/story/0/answers/0");
    assertThat(told.path("changed_by").asText()).isEqualTo("ann");
    assertThat(told.path("why").asText()).contains("paused by ann");

    assertThat(control.showCounts())
        .contains(
            "odoo is paused by ann since ",
            ": Odoo is updated",
            "subscriber:1 (erp) is paused with odoo");
  }

  @Test
  void healthSaysWhoAndWhyOnlyWhereAPersonDidIt() {
    json(200, ask("POST", TARGETS + "/odoo/pause", BY_ANN));
    awaitHealth("ann", "Odoo is updated");

    jdbc().update("update bridge.target set changed_by = 'bridge', reason = 'answer of a system'");
    awaitHealth("bridge", "null");

    json(200, ask("POST", TARGETS + "/odoo/resume", BY_ANN));
    await()
        .untilAsserted(() -> assertThat(json(200, get("/health")).has("stopped_odoo")).isFalse());
  }

  /** It is asked at most once a second. */
  private void awaitHealth(String who, String why) {
    await()
        .untilAsserted(
            () -> {
              JsonNode stop = json(200, get("/health")).path("stopped_odoo");
              assertThat(stop.path("changed_by").asText()).isEqualTo(who);
              assertThat(stop.path("reason").asText()).isEqualTo(why);
            });
  }

  @Test
  void everyStopAndResumptionIsAnAuditEvent() {
    json(200, ask("POST", TARGETS + "/odoo/pause", BY_ANN));
    json(200, ask("POST", TARGETS + "/odoo/resume", BY_ADA));
    json(200, ask("POST", TARGETS + "/odoo/resume", BY_ADA));
    control.pause("subscriber:2", "ann", "holiday");
    json(200, ask("POST", TARGETS + "/subscriber:2/resume", BY_ADA));

    assertThat(audit())
        .extracting(
            event ->
                event.get("event_type") + " " + event.get("resource_id") + " " + event.get("by"))
        .containsExactly(
            "bridge.subscriber.created 2 a caller with service access",
            "bridge.target.paused odoo ann",
            "bridge.target.resumed odoo ada",
            "bridge.subscriber.paused 2 ann",
            "bridge.subscriber.resumed 2 ada");
    Map<String, Object> paused = audit().get(1);
    assertThat(paused).containsEntry("why", "Odoo is updated");
  }

  @Test
  void resumingOdooLeavesAStopOfItsSubscriberAlone() {
    json(200, ask("POST", TARGETS + "/odoo/pause", BY_ANN));
    jdbc()
        .update(
            "insert into bridge.target (name, state, reason, changed_by)"
                + " values ('subscriber:1', 'paused', 'the key is refused', 'bridge')");
    assertThat(show("erp").path("reason").asText()).isEqualTo("the key is refused");

    json(200, ask("POST", TARGETS + "/odoo/resume", BY_ANN));

    assertThat(show("erp").path("state").asText()).isEqualTo("paused");
    assertThat(show("erp").path("changed_by").asText()).isEqualTo("bridge");
  }

  @Test
  void whatIsPausedAsACopyIsResumedByPairingAlone() {
    for (String target : new String[] {"odoo", "subscriber:2"}) {
      jdbc()
          .update(
              "insert into bridge.target (name, state, reason, changed_by) values (?, 'paused', 'a copy', 'pairing')"
                  + " on conflict (name) do update set state = 'paused', reason = 'a copy', changed_by = 'pairing'",
              target);
      assertRefused(
          ask("POST", TARGETS + "/" + target + "/resume", BY_ANN), 409, "paused_as_copy", "pair");
    }
    assertRefused(act("crm", "resume", BY_ADA), 409, "paused_as_copy", "pair");
    assertThat(control.resume("odoo", "ann", "x")).contains("copy");
    assertThat(text("select count(*) from bridge.target where state = 'paused'")).isEqualTo("2");
  }

  @Test
  void wrongRequestsChangeNothing() {
    assertRefused(ask("POST", TARGETS + "/Odoo/pause", BY_ANN), 404, "not_found", "expected odoo");
    assertRefused(ask("POST", TARGETS + "/subscriber:9/resume", BY_ANN), 404, "not_found", "id");
    assertRefused(
        ask("POST", TARGETS + "/odoo/pause", "{\"who\":\"ann\"}"), 400, "missing_why", "reason");
    assertRefused(
        ask("POST", TARGETS + "/odoo/pause", "{\"until\":1}"), 400, "unknown_field", "until");
    assertThat(get(TARGETS).statusCode()).isEqualTo(401);
    assertThat(post(TARGETS + "/odoo/pause", BY_ANN).statusCode()).isEqualTo(401);
    assertThat(text("select state from bridge.target where name = 'odoo'")).isEqualTo("running");
  }
}
