package net.insightpulseai.bridge.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.TestRealtime.Answer;
import net.insightpulseai.bridge.TestRealtime.Call;
import org.junit.jupiter.api.Test;

/** What Realtime answers decides about the delivery; no event is lost. */
class RealtimeAnswersTest extends RealtimeDelivery {

  @Test
  void aWrongKeyPausesTheSubscriberAndNothingIsLost() {
    realtime().answer(call -> Answer.of(401, "{\"message\":\"Unauthorized\"}"));
    subscribe("full");

    event("res.partner.updated", "42", "{}", null);

    await()
        .untilAsserted(
            () ->
                assertThat(
                        jdbc()
                            .queryForList(
                                "select state from bridge.target where name = 'subscriber:1'",
                                String.class))
                    .containsExactly("paused"));
    assertThat(text("select reason from bridge.target where name = 'subscriber:1'"))
        .contains("status 401: Unauthorized", "SUPABASE_SERVICE_ROLE_KEY");
    await()
        .untilAsserted(
            () ->
                assertThat(delivery())
                    .containsEntry("status", "queued")
                    .containsEntry("attempts", 0));

    realtime().reset();
    jdbc().update("update bridge.target set state = 'running'");
    awaitDelivered(1);
  }

  @Test
  void aDatabaseThatStartsIsTriedAgain() {
    AtomicInteger calls = new AtomicInteger();
    realtime()
        .answer(
            call ->
                calls.incrementAndGet() == 1
                    ? Answer.of(422, "{\"message\":\"Tenant database initializing\"}")
                    : null);
    subscribe("full");

    event("res.partner.updated", "42", "{}", null);

    awaitDelivered(1);
    assertThat(delivery()).containsEntry("attempts", 2);
  }

  @Test
  void whatTheServerRejectsIsADeadLetterAtOnce() {
    realtime().answer(call -> Answer.of(422, "{\"errors\":{\"event\":[\"can't be blank\"]}}"));
    subscribe("full");

    event("res.partner.updated", "42", "{}", null);

    await()
        .untilAsserted(
            () ->
                assertThat(jdbc().queryForList("select * from bridge.dead_letter"))
                    .singleElement()
                    .satisfies(
                        letter ->
                            assertThat(letter)
                                .containsEntry("reason", "rejected")
                                .containsEntry("response_status", 422)));
    assertThat(realtime().calls()).hasSize(1);
  }

  @Test
  void aMessageThatIsOneTooManyWaitsAndLosesNoAttempt() {
    AtomicInteger calls = new AtomicInteger();
    realtime()
        .answer(
            call ->
                calls.incrementAndGet() == 1
                    ? Answer.of(429, "{\"message\":\"You have exceeded your rate limit\"}")
                    : null);
    subscribe("full");

    event("res.partner.updated", "42", "{}", null);

    awaitDelivered(1);
    assertThat(delivery()).containsEntry("attempts", 1);
    assertThat(text("select class from bridge.attempt")).isEqualTo("throttled");
  }

  @Test
  void manyEventsAreHeldToTheUsualPaceAndNoneIsLost() {
    subscribe("full");

    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, payload)"
                + " select 'odoo', 'x.y', '{}' from generate_series(1, 250)");

    awaitDelivered(250);
    assertThat(realtime().received()).hasSize(250);
    List<Instant> times = realtime().calls().stream().map(Call::at).sorted().toList();
    // A quarter of a second's worth at once, and the rest at 80 a second: 2.9 s.
    assertThat(Duration.between(times.get(0), times.get(249))).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void whatIsLostInTriggerModeIsCountedAndTheEventIsStored() {
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, mode) values ('app', 'realtime', 'trigger')");
    double before = meters.get("bridge.ingest.warnings").counter().count();

    // This database has no schema realtime.
    assertThat(
            postSigned(
                    "/functions/v1/odoo_event_ingest", "{\"event_type\":\"res.partner.updated\"}")
                .statusCode())
        .isEqualTo(200);

    assertThat(meters.get("bridge.ingest.warnings").counter().count()).isEqualTo(before + 1);
    assertThat(text("select count(*) from public.audit_event")).isEqualTo("1");
  }
}
