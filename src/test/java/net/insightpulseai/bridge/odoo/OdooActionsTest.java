package net.insightpulseai.bridge.odoo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestOdoo.Answer;
import net.insightpulseai.bridge.TestOdoo.Call;
import net.insightpulseai.bridge.outbox.TargetProbe.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The shipped routes between the queue and Odoo. */
class OdooActionsTest extends BridgeTest {

  private static final Answer BAD_GATEWAY =
      new Answer(502, Map.of("Content-Type", "text/html"), "<h1>Bad Gateway</h1>".getBytes(UTF_8));

  @Autowired OdooProbe probe;

  @Test
  void aPlainRowIsAppliedWithEveryDigitOfItsArguments() {
    long id =
        insert(
            "account.move.post",
            "{\"id\": 9007199254740993, \"amount\": 12345678901234567890.1200, \"text\": \"é€\"}");

    awaitStatus(id, "applied");
    Call call = odoo().calls("account.move.post").get(0);
    assertThat(call.path()).isEqualTo("/api/agent/apply");
    assertThat(call.text())
        .contains("\"id\":9007199254740993", "\"amount\":12345678901234567890.1200", "é€");
    assertThat(call.json().path("audience").asText()).isEqualTo("odoo.apply");
    assertThat(call.json().path("hop").asInt()).isEqualTo(1);
    assertThat(call.json().path("timestamp").asLong())
        .isBetween(Instant.now().getEpochSecond() - 60, Instant.now().getEpochSecond() + 1);
    assertThat(call.header("x-correlation-id"))
        .isEqualTo(call.json().path("correlation_id").asText())
        .isEqualTo(text("select correlation_id::text from public.odoo_action_outbox"));
    assertThat(call.header("Idempotency-Key"))
        .isEqualTo(call.json().path("idempotency_key").asText());
    assertThat(call.header("Content-Type")).isEqualTo("application/json");
    assertThat(call.header("User-Agent")).isEqualTo("odoo-supabase-bridge");
  }

  @Test
  void whatTheModuleRejectsIsADeadLetterAtOnceAndHoldsTheAnswer() {
    odoo().answer(call -> Answer.error(422, "unknown_action"));

    long id = insert("res.partner.fly", "{\"id\": 7}");

    awaitStatus(id, "error");
    Map<String, Object> letter = jdbc().queryForMap("select * from bridge.dead_letter");
    assertThat(letter)
        .containsEntry("reason", "rejected")
        .containsEntry("response_status", 422)
        .containsEntry("attempts", 1);
    assertThat(new String((byte[]) letter.get("payload"), UTF_8)).doesNotContain("res.partner");
    assertThat(letter)
        .containsEntry("fault", "other_side")
        .hasEntrySatisfying("key_id", key -> assertThat(key).isNotNull());
    assertThat(odoo().calls("bridge.ping")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Odoo", "odoo2", " odoo", "subscriber:1"})
  void anActionForAnotherTargetEndsWithoutBeingSent(String target) {
    jdbc()
        .update(
            "insert into public.odoo_action_outbox (action, args, target) values ('x.y', '{\"id\": 7}', ?)",
            target);

    awaitStatus(1, "error");
    assertThat(odoo().calls("x.y")).isEmpty();
    assertThat(jdbc().queryForMap("select * from bridge.dead_letter"))
        .containsEntry("reason", "unsendable")
        .hasEntrySatisfying(
            "error",
            error -> assertThat(error.toString()).contains(target.strip(), "expected \"odoo\""));
  }

  @Test
  void aRowsOwnFaultIsCountedBecauseThePingSucceeds() {
    odoo()
        .answer(call -> call.action().equals("bridge.ping") ? TestOdoo.applied(call) : BAD_GATEWAY);

    long id = insert("res.partner.update", "{\"id\": 7}");

    await()
        .untilAsserted(
            () ->
                assertThat(row(id))
                    .containsEntry("status", "queued")
                    .containsEntry("attempts", 1)
                    .containsEntry("response_status", 502));
    assertThat(odoo().calls("bridge.ping")).isNotEmpty();
  }

  @Test
  void aTargetsFaultIsNotCountedBecauseThePingFailsToo() {
    AtomicInteger actions = new AtomicInteger();
    odoo()
        .answer(
            call -> {
              if (call.action().equals("res.partner.update")) {
                actions.incrementAndGet();
              }
              return BAD_GATEWAY;
            });

    long id = insert("res.partner.update", "{\"id\": 7}");
    await().untilAsserted(() -> assertThat(odoo().calls("bridge.ping")).hasSizeGreaterThan(1));

    assertThat(row(id)).containsEntry("status", "queued").containsEntry("attempts", 0);
    assertThat(actions).hasValue(1);
    odoo().answer(TestOdoo::applied);
    awaitStatus(id, "applied");
    assertThat(row(id)).containsEntry("attempts", 1);
  }

  @Test
  void afterAnOutageActionsDrainInTheOrderOfTheirRecordAndNoAttemptIsLost() {
    odoo().answer(call -> BAD_GATEWAY);
    for (int i = 0; i < 30; i++) {
      insert("res.partner.update", "{\"id\": %d, \"n\": %d}".formatted(i % 3, i));
    }
    await().untilAsserted(() -> assertThat(odoo().calls("bridge.ping")).hasSizeGreaterThan(2));
    assertThat(text("select sum(attempts) from public.odoo_action_outbox")).isEqualTo("0");
    odoo().reset();

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(
                        text(
                            "select count(*) from public.odoo_action_outbox where status = 'applied'"))
                    .isEqualTo("30"));

    assertThat(text("select max(attempts) from public.odoo_action_outbox")).isEqualTo("1");
    for (int record = 0; record < 3; record++) {
      int id = record;
      assertThat(odoo().calls("res.partner.update"))
          .map(call -> call.json().path("args"))
          .filteredOn(args -> args.path("id").asInt() == id)
          .map(args -> args.path("n").asInt())
          .hasSize(10)
          .isSorted();
    }
  }

  @Test
  void aWrongKeyIsAnAlarmThatSaysWhatToCompare() {
    odoo().answer(call -> Answer.error(401, "unauthorized"));

    Fault fault = probe.probe("odoo");

    assertThat(fault.alarm()).isTrue();
    assertThat(fault.reason()).isEqualTo("unauthorized");
    assertThat(fault.error()).contains("ODOO_API_TOKEN", "EDGE_HMAC_SECRET");
  }

  @Test
  void aModuleThatDoesNotKnowThePingWorks() {
    odoo().answer(call -> Answer.error(422, "unknown_action"));

    assertThat(probe.probe("odoo")).isNull();
  }

  @Test
  void aProxyThatRefusesEverythingIsATargetsFault() {
    odoo().answer(call -> new Answer(400, Map.of(), "<h1>Bad Request</h1>".getBytes(UTF_8)));

    assertThat(probe.probe("odoo")).isNotNull();
  }

  @Test
  void throttledActionsWaitAsLongAsAskedAndLoseNoAttempt() {
    odoo()
        .answer(
            call ->
                new Answer(
                    429,
                    Map.of("Content-Type", "application/json", "Retry-After", "600"),
                    "{\"ok\":false,\"code\":\"throttled\",\"retryable\":true}".getBytes(UTF_8)));

    long id = insert("res.partner.update", "{\"id\": 7}");

    await().untilAsserted(() -> assertThat(row(id)).containsEntry("response_status", 429));
    assertThat(row(id)).containsEntry("status", "queued").containsEntry("attempts", 0);
    assertThat(
            jdbc()
                .queryForObject(
                    "select next_attempt_at - now() between interval '590 s' and interval '720 s'"
                        + " from public.odoo_action_outbox",
                    Boolean.class))
        .isTrue();
  }

  @Test
  void aRowThatCannotBeSentIsADeadLetterThatSaysWhy() {
    long id = insert("res.partner.update", "{\"n\": " + "[".repeat(501) + "]".repeat(501) + "}");

    awaitStatus(id, "error");
    assertThat(text("select error from bridge.dead_letter")).contains("500 levels");
    assertThat(odoo().calls()).isEmpty();
  }

  private long insert(String action, String args) {
    return jdbc()
        .queryForObject(
            "insert into public.odoo_action_outbox (action, args) values (?, ?::jsonb) returning id",
            Long.class,
            action,
            args);
  }

  private void awaitStatus(long id, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(row(id)).containsEntry("status", status));
  }

  private Map<String, Object> row(long id) {
    return jdbc().queryForMap("select * from public.odoo_action_outbox where id = ?", id);
  }
}
