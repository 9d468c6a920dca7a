package net.insightpulseai.bridge.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestRealtime.Answer;
import net.insightpulseai.bridge.TestRealtime.Call;
import net.insightpulseai.bridge.TestRealtime.Received;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.util.ReflectionTestUtils;

/** The shipped routes between the queue and a Realtime that answers as described. */
class DeliverRealtimeTest extends BridgeTest {

  @Autowired PerEventEndpoint endpoint;
  @Autowired MeterRegistry meters;

  @BeforeEach
  void aServerThatNobodyKnows() {
    ReflectionTestUtils.setField(endpoint, "missingUntil", Instant.MIN);
  }

  @Test
  void anEventIsBroadcastOnThePrivateChannelOfItsCompanyAndModel() {
    subscribe("full");

    long id =
        event(
            "res.partner.updated",
            "42",
            "{\"name\": \"Zoë\", \"credit\": 10.50}",
            "{\"company_id\": 3}");

    awaitDelivered(1);
    Received received = realtime().received().get(0);
    assertThat(received.topic()).isEqualTo("odoo:3:res.partner");
    assertThat(received.event()).isEqualTo("res.partner.updated");
    assertThat(received.payload().path("id").asLong()).isEqualTo(id);
    assertThat(received.payload().at("/payload/name").asText()).isEqualTo("Zoë");
    Call call = realtime().calls().get(0);
    assertThat(call.path())
        .isEqualTo("/realtime/v1/api/broadcast/odoo%3A3%3Ares.partner/events/res.partner.updated");
    assertThat(call.query()).isEqualTo("private=true");
    assertThat(call.header("apikey")).isEqualTo(SERVICE_KEY);
    assertThat(call.header("User-Agent")).isEqualTo("odoo-supabase-bridge");
    assertThat(call.headers()).doesNotContainKeys("Authorization", "Camelhttppath");
    assertThat(delivery()).containsEntry("response_status", 202).containsEntry("attempts", 1);
  }

  @Test
  void namesThatMeanSomethingInAnAddressArriveAsTheyAre() {
    subscribe("full");
    List<String> types =
        List.of("a b.c?d=e&f#g", "ünï.cödé%2F", "x.{{y}}${z}", "../../rest.v1", "..");

    types.forEach(type -> event(type, "", "{}", null));

    awaitDelivered(types.size());
    assertThat(realtime().received())
        .map(Received::event)
        .containsExactlyInAnyOrderElementsOf(types);
    assertThat(realtime().calls())
        .allMatch(call -> call.path().startsWith("/realtime/v1/api/broadcast"));
    assertThat(realtime().calls()).filteredOn(Call::isBatch).hasSize(2);
  }

  @Test
  void anOldServerGetsBatchesOfOneAndIsNotAskedTwiceForAWhile() {
    realtime().becomeOld();
    subscribe("full");

    event("res.partner.updated", "42", "{\"n\": 12345678901234567890.10}", null);
    awaitDelivered(1);
    event("res.partner.updated", "42", "{}", null);
    awaitDelivered(2);

    assertThat(realtime().calls()).map(Call::isBatch).containsExactly(false, true, true);
    assertThat(realtime().received()).map(Received::topic).containsOnly("odoo:none:res.partner");
    Call batch = realtime().calls().get(1);
    assertThat(new String(batch.body(), UTF_8))
        .contains("12345678901234567890.10", "\"private\":true");
  }

  @Test
  void aThinSubscriberGetsNoContent() {
    subscribe("thin");

    event("res.partner.updated", "42", "{\"name\": \"Zoë\"}", null);

    awaitDelivered(1);
    assertThat(realtime().received().get(0).payload().toString())
        .contains("\"thin\":true", "\"resource_id\":\"42\"")
        .doesNotContain("payload", "Zoë");
  }

  @Test
  void whatIsOverTheLimitOfThePlanGoesThinAtOnce() {
    subscribe("full");

    event("res.partner.updated", "42", "{\"text\": \"" + "€".repeat(90_000) + "\"}", null);

    awaitDelivered(1);
    assertThat(realtime().calls()).hasSize(1);
    assertThat(realtime().received().get(0).payload().path("thin").asBoolean()).isTrue();
  }

  @Test
  void whatTheServerFindsTooLargeGoesThinOnce() {
    realtime().limit(1);
    subscribe("full");

    event("res.partner.updated", "42", "{\"text\": \"" + "x".repeat(2000) + "\"}", null);

    awaitDelivered(1);
    assertThat(realtime().calls()).hasSize(2);
    assertThat(realtime().received()).hasSize(1);
    assertThat(realtime().received().get(0).payload().path("thin").asBoolean()).isTrue();
    assertThat(delivery()).containsEntry("attempts", 1);
  }

  @Test
  void onAnOldServerToo() {
    realtime().becomeOld();
    realtime().limit(1);
    subscribe("full");

    event("res.partner.updated", "42", "{\"text\": \"" + "x".repeat(2000) + "\"}", null);

    awaitDelivered(1);
    assertThat(realtime().calls()).map(Call::isBatch).containsExactly(false, true, true);
  }

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
                            .queryForMap("select * from bridge.target where name = 'subscriber:1'"))
                    .containsEntry("state", "paused"));
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

  private void subscribe(String format) {
    jdbc()
        .update(
            "insert into bridge.subscriber (name, kind, format) values ('dashboard', 'realtime', ?)",
            format);
  }

  private long event(String type, String resource, String payload, String meta) {
    return jdbc()
        .queryForObject(
            "insert into public.audit_event (source, event_type, resource_id, payload, meta)"
                + " values ('odoo', ?, ?, ?::jsonb, ?::jsonb) returning id",
            Long.class,
            type,
            resource,
            payload,
            meta);
  }
}
