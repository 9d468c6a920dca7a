package net.insightpulseai.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One side is away for a while, or does not know the secret: nothing is lost, order is kept. */
class OutageTest extends EndToEndTest {

  private static final int RECORDS = 3;
  private static final int CHANGES = 5;

  @Test
  void whileOdooIsAwayNoActionIsLostNoAttemptIsBurntAndEachRecordKeepsItsOrder() {
    List<Long> ids = contactsInOdoo();
    toOdoo().cut();
    List<Long> actions = queueChanges(ids);
    awaitNoticedByBridge();
    assertUntouched(actions);

    toOdoo().restore();
    actions.forEach(this::awaitApplied);
    assertThat(jdbc().queryForList("select distinct attempts from public.odoo_action_outbox"))
        .hasSize(1);
    assertThat(text("select max(attempts) from public.odoo_action_outbox")).isEqualTo("1");
    ids.forEach(id -> assertChangedInOrder(id, "Action"));
  }

  @Test
  void whileTheBridgeIsAwayNoEventIsLostNoAttemptIsBurntAndEachRecordKeepsItsOrder() {
    List<Long> ids = contactsInOdoo();
    toBridge().cut();
    change(ids);
    waiting().until(() -> real().senderState().equals("fault"));
    assertThat(waitingEvents(ids, 0)).isEqualTo((long) RECORDS * CHANGES);
    assertThat(text("select count(*) from public.audit_event")).isEqualTo("3");

    toBridge().restore();
    // By itself: no operator resumes anything here.
    ids.forEach(id -> assertChangedInOrder(id, "User"));
    assertThat(sentEvents(ids, 1)).isEqualTo((long) RECORDS * (1 + CHANGES));
  }

  @Test
  void whileTheSecretIsWrongNothingIsLostAndNothingDies() {
    List<Long> ids = contactsInOdoo();
    List<Long> others = contactsInOdoo();
    real().parameter("ip.hmac.secret", "another-secret-0123456789abcdef-0123456789abcdef");
    List<Long> actions;
    try {
      change(ids);
      actions = queueChanges(others);
      waiting().until(() -> real().senderState().equals("fault"));
      awaitNoticedByBridge();
      assertUntouched(actions);
      assertThat(waitingEvents(ids, 0)).isEqualTo((long) RECORDS * CHANGES);
    } finally {
      real().parameter("ip.hmac.secret", lines().parameter("ip.hmac.secret"));
    }
    resumeSending();
    actions.forEach(this::awaitApplied);
    ids.forEach(id -> assertChangedInOrder(id, "User"));
    others.forEach(id -> assertChangedInOrder(id, "Action"));
    assertThat(text("select count(*) from bridge.dead_letter")).isEqualTo("0");
    assertThat(sentEvents(ids, 1)).isEqualTo((long) RECORDS * (1 + CHANGES));
  }

  private List<Long> contactsInOdoo() {
    List<Long> ids =
        real()
            .createAll(
                "res.partner",
                IntStream.range(0, RECORDS).mapToObj(n -> Map.of("name", "Start")).toList());
    ids.forEach(id -> awaitEvents("res.partner", id, 1));
    // The bridge stores them before Odoo has its answer.
    waiting().until(() -> sentEvents(ids, 1) == ids.size());
    return ids;
  }

  /** Changes each record several times, each time in a transaction of its own. */
  private void change(List<Long> ids) {
    for (int n = 0; n < CHANGES; n++) {
      for (long id : ids) {
        real().write("res.partner", id, Map.of("name", "User " + n));
      }
    }
  }

  private List<Long> queueChanges(List<Long> ids) {
    List<Long> actions = new ArrayList<>();
    for (int n = 0; n < CHANGES; n++) {
      for (long id : ids) {
        actions.add(
            queue("res.partner.update", Map.of("id", id, "values", Map.of("name", "Action " + n))));
      }
    }
    return actions;
  }

  /** Waits until the bridge has tried and given something back. */
  private void awaitNoticedByBridge() {
    waiting()
        .until(
            () ->
                !text("select count(*) from public.odoo_action_outbox where last_error is not null")
                    .equals("0"));
  }

  private void assertUntouched(List<Long> actions) {
    waiting()
        .untilAsserted(
            () ->
                assertThat(actions)
                    .allSatisfy(
                        id ->
                            assertThat(action(id))
                                .containsEntry("status", "queued")
                                .containsEntry("attempts", 0)));
  }

  /** Each change has its event, and each event begins where the one before ended. */
  private void assertChangedInOrder(long id, String who) {
    List<Event> events = awaitEvents("res.partner", id, 1 + CHANGES);
    List<String> changes =
        events.stream().skip(1).map(event -> event.meta().at("/changed/name").toString()).toList();
    List<String> expected = new ArrayList<>(List.of("[\"Start\",\"%s 0\"]".formatted(who)));
    for (int n = 1; n < CHANGES; n++) {
      expected.add("[\"%1$s %2$d\",\"%1$s %3$d\"]".formatted(who, n - 1, n));
    }
    assertThat(changes).isEqualTo(expected);
    assertThat(real().field("res.partner", id, "name").asText())
        .isEqualTo(who + " " + (CHANGES - 1));
  }

  private long waitingEvents(List<Long> ids, int attempts) {
    return eventsInOdoo(ids, "pending", attempts);
  }

  private long sentEvents(List<Long> ids, int attempts) {
    return eventsInOdoo(ids, "sent", attempts);
  }

  private long eventsInOdoo(List<Long> ids, String state, int attempts) {
    return real()
        .count(
            "ip.event",
            List.of(
                List.of("model", "=", "res.partner"),
                List.of("res_id", "in", ids),
                List.of("state", "=", state),
                List.of("attempts", "=", attempts)));
  }
}
