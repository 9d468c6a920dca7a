package net.insightpulseai.bridge.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestRealtime.Answer;
import net.insightpulseai.bridge.outbox.TargetStates;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A realtime subscriber in mode trigger, which has no queue. */
class TriggerModeTest extends BridgeTest {

  private static final String BY_ANN = "{\"who\":\"ann\",\"why\":\"a test\"}";

  @Autowired TargetStates targets;

  @Test
  void theAnswerToAPauseSaysThatWhatComesMeanwhileIsNeverSent() {
    subscribe("app", "trigger");
    subscribe("dashboard", "rest");

    assertThat(act("app", "pause"))
        .contains("\"state\":\"paused\"", "\"note\":\"In mode trigger nothing is queued");
    assertThat(act("app", "resume")).contains("\"state\":\"running\"").doesNotContain("note");
    assertThat(act("dashboard", "pause")).contains("\"state\":\"paused\"").doesNotContain("note");
  }

  @Test
  void whatIsLeftInTheQueueFromAnotherModeDoesNotStopIt() {
    realtime().answer(call -> Answer.of(401, "{\"message\":\"Unauthorized\"}"));
    subscribe("app", "rest");
    act("app", "pause");
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type) values ('odoo', 'res.partner.updated')");
    jdbc().update("update bridge.subscriber set mode = 'trigger'");

    targets.resume("subscriber:1", "ann", "another mode");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(delivery()).containsEntry("status", "error"));
    assertThat(text("select reason from bridge.dead_letter")).isEqualTo("unauthorized");
    assertThat(text("select state from bridge.target where name = 'subscriber:1'"))
        .isEqualTo("running");
  }

  private void subscribe(String name, String mode) {
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, mode) values (?, 'realtime', ?)",
            name,
            mode);
  }

  private String act(String name, String act) {
    return post("/bridge/subscribers/" + name + "/" + act, BY_ANN, "apikey", serviceKey()).body();
  }
}
