package net.insightpulseai.bridge.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import net.insightpulseai.bridge.TestOdoo;
import net.insightpulseai.bridge.TestRealtime.Answer;
import net.insightpulseai.bridge.TestRealtime.Received;
import net.insightpulseai.bridge.subscriber.SubscriberTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code POST /bridge/subscribers/{id}/test}. */
class PingTest extends SubscriberTest {

  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void release() {
    released.countDown();
  }

  @Test
  void aPingGoesTheWayOfEveryBroadcastAndIsNotStored() {
    create("{\"name\":\"live\",\"kind\":\"realtime\"}");
    JsonNode answer = json(200, act("live", "test", ""));
    assertThat(answer.path("ok").booleanValue()).as(answer.toString()).isTrue();
    assertThat(answer.path("status").intValue()).isEqualTo(202);
    assertThat(answer.path("duration_ms").isIntegralNumber()).isTrue();
    assertThat(answer.path("error").isNull()).isTrue();
    Received received = realtime().received().get(0);
    assertThat(received.event()).isEqualTo("bridge.ping");
    assertThat(received.topic()).isEqualTo("odoo:none:bridge");
    assertThat(received.payload().at("/payload/subscriber").asText()).isEqualTo("live");
    assertThat(received.payload().path("event_id").asText()).startsWith("ping_");
    for (String table : List.of("event_delivery", "attempt", "dead_letter")) {
      assertThat(jdbc().queryForObject("select count(*) from bridge." + table, Integer.class))
          .as(table)
          .isZero();
    }
    assertThat(audit()).hasSize(1);
  }

  @Test
  void aPingHasTheFormOfEveryEvent() {
    create("{\"name\":\"live\",\"kind\":\"realtime\"}");
    act("live", "test", "");
    jdbc().update("insert into public.audit_event (source, event_type) values ('odoo', 'a.b')");
    List<String> usual =
        jdbc()
            .queryForList(
                "select json_object_keys(bridge.event_message(e)) from public.audit_event e where event_type = 'a.b'",
                String.class);
    List<String> fields = new ArrayList<>();
    realtime().received().get(0).payload().fieldNames().forEachRemaining(fields::add);
    assertThat(fields).containsExactlyInAnyOrderElementsOf(usual);
  }

  @Test
  void aRefusedPingTellsWhatWasAnsweredAndStopsNobody() {
    create("{\"name\":\"live\",\"kind\":\"realtime\"}");
    realtime().answer(call -> Answer.of(401, "{\"message\":\"Unauthorized by RLS\"}"));
    JsonNode answer = json(200, act("live", "test", ""));
    assertThat(answer.path("ok").booleanValue()).isFalse();
    assertThat(answer.path("status").intValue()).isEqualTo(401);
    assertThat(answer.path("excerpt").asText()).contains("Unauthorized by RLS");
    assertThat(answer.path("error").asText()).isNotBlank();
    assertThat(show("live").path("state").asText()).isEqualTo("running");
  }

  @Test
  void odooIsAskedByThePingThatItKnows() {
    create("{\"name\":\"odoo\",\"kind\":\"odoo\"}");
    assertThat(json(200, act("odoo", "test", "{}")).path("ok").booleanValue()).isTrue();
    assertThat(odoo().calls("bridge.ping")).hasSize(1);
    odoo().answer(call -> TestOdoo.Answer.error(503, "busy"));
    JsonNode answer = json(200, act("odoo", "test", ""));
    assertThat(answer.path("ok").booleanValue()).isFalse();
    assertThat(answer.path("status").intValue()).isEqualTo(503);
  }

  @Test
  void anOdooThatHangsUpIsToldAsAFailureAndNothingOfTheRequestComesBack() {
    create("{\"name\":\"odoo\",\"kind\":\"odoo\"}");
    odoo()
        .answer(
            call -> {
              throw new IllegalStateException("hangs up");
            });

    HttpResponse<String> response = act("odoo", "test", "");

    JsonNode answer = json(200, response);
    assertThat(answer.path("ok").booleanValue()).isFalse();
    assertThat(answer.path("status").isNull()).isTrue();
    assertThat(answer.path("error").asText()).isNotBlank();
    assertThat(response.headers().map()).doesNotContainKeys("apikey", "user-agent", "id");
  }

  @Test
  void aPausedSubscriberCanBeTested() {
    create("{\"name\":\"live\",\"kind\":\"realtime\"}");
    act("live", "pause", BY_ADA);
    assertThat(json(200, act("live", "test", "")).path("ok").booleanValue()).isTrue();
    assertThat(show("live").path("state").asText()).isEqualTo("paused");
  }

  @Test
  void whatIsSentNothingIsNotTested() {
    create("{\"name\":\"live\",\"kind\":\"realtime\",\"mode\":\"off\"}");
    assertRefused(act("live", "test", ""), 409, "not_testable", "off");
    jdbc().update("update bridge.subscriber set mode = 'trigger'");
    assertRefused(act("live", "test", ""), 409, "not_testable", "trigger");
    assertRefused(act("nobody", "test", ""), 404, "not_found", "subscriber");
  }

  @Test
  void fourTestsRunAtOnceAndTheFifthMayComeAgain() {
    create("{\"name\":\"live\",\"kind\":\"realtime\"}");
    realtime()
        .answer(
            call -> {
              hold();
              return null;
            });
    List<CompletableFuture<HttpResponse<String>>> tests = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tests.add(CompletableFuture.supplyAsync(() -> act("live", "test", "")));
    }
    await().until(() -> realtime().calls().size() == 4);
    HttpResponse<String> fifth = act("live", "test", "");
    assertRefused(fifth, 503, "tests_running", "try again");
    assertThat(fifth.headers().firstValue("retry-after")).isPresent();
    released.countDown();
    tests.forEach(test -> assertThat(test.join().statusCode()).isEqualTo(200));
    json(200, act("live", "test", ""));
  }

  private void hold() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
