package net.insightpulseai.bridge.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.util.List;
import net.insightpulseai.bridge.database.SqlFile;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A subscriber that fetches its events. */
class PullTest extends PullRequests {

  @Autowired private PullReader reader;
  @Autowired private CamelContext camel;
  @Autowired private CountPullLag lag;
  @Autowired private MeterRegistry meters;

  @Test
  void whoAsksOnwardGetsEachEventOnceAndWhoRepeatsGetsThemAgain() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    for (int n = 1; n <= 5; n++) {
      store("a.b", n);
      store("b.c", n);
    }
    JsonNode first = fetch("ci", "?limit=2", secret);
    assertThat(ids(first)).hasSize(2);
    assertThat(ids(fetch("ci", "?limit=2", secret))).isEqualTo(ids(first));
    JsonNode second = fetch("ci", "?limit=2&after=" + first.path("position").asText(), secret);
    assertThat(ids(second)).doesNotContainAnyElementsOf(ids(first));
    assertThat(ids(fetch("ci", "", secret))).hasSize(3).startsWith(ids(second).get(0));
    assertThat(ids(fetch("ci", "?after=" + first.path("position").asText(), secret))).hasSize(3);
    JsonNode last = fetch("ci", "?after=" + second.path("position").asText(), secret);
    assertThat(ids(last)).hasSize(1);
    assertThat(last.path("more").asBoolean()).isFalse();
    assertThat(acknowledge("ci", last.path("position").asText(), secret).statusCode())
        .isEqualTo(200);
    assertThat(ids(fetch("ci", "", secret))).isEmpty();
    // What is behind already changes nothing.
    acknowledge("ci", first.path("position").asText(), secret);
    assertThat(ids(fetch("ci", "", secret))).isEmpty();
    assertThat(text("select count(*) from bridge.event_delivery")).isEqualTo("0");
  }

  @Test
  void anEventIsAsAWebhookGetsIt() throws Exception {
    String secret = subscribe("ci", "\"filter\":\"$.payload.total > 10\",\"fields\":[\"total\"]");
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, resource_id, payload) values"
                + " ('odoo', 'a.b', '7', '{\"total\": 5}'), ('odoo', 'a.b', '8', '{\"total\": 50, \"phone\": 1}')");
    JsonNode event = fetch("ci", "", secret).path("events").path(0);
    assertThat(event.path("resource_id").asText()).isEqualTo("8");
    assertThat(event.path("payload").toString()).isEqualTo("{\"total\":50}");
    assertThat(event.path("event_id").asText()).startsWith("evt_");
  }

  @Test
  void whatIsAskedWronglyIsRefused() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    for (String query :
        List.of("?after=x", "?limit=0", "?limit=1001", "?wait=51s", "?wait=soon", "?befor=1")) {
      assertThat(pull("ci", query, secret).statusCode()).as(query).isEqualTo(400);
    }
    assertThat(acknowledge("ci", "x", secret).statusCode()).isEqualTo(400);
    assertThat(post(ALL + "/ci/test", "", "apikey", serviceKey()).statusCode()).isEqualTo(409);
    assertThat(
            post(ALL, "{\"name\":\"p\",\"kind\":\"pull\",\"slots\":3}", "apikey", serviceKey())
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void aStoppedOneGetsNothingUntilItIsResumed() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    store("a.b", 1);
    post(ALL + "/ci/pause", "{\"who\":\"ada\",\"why\":\"a test\"}", "apikey", serviceKey());
    HttpResponse<String> stopped = pull("ci", "", secret);
    assertThat(stopped.statusCode()).isEqualTo(409);
    assertThat(messageOf(stopped)).contains("paused by ada: a test");
    post(ALL + "/ci/resume", "{\"who\":\"ada\",\"why\":\"a test\"}", "apikey", serviceKey());
    assertThat(ids(fetch("ci", "", secret))).hasSize(1);
  }

  @Test
  void itCanBeMovedBackAndIsShownWithWhatIsBehindIt() throws Exception {
    store("a.b", 1);
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    store("a.b", 2);
    assertThat(ids(fetch("ci", "", secret))).hasSize(1);
    JsonNode shown = new ObjectMapper().readTree(get(ALL + "/ci", "apikey", serviceKey()).body());
    assertThat(shown.path("open").asInt()).isPositive();
    for (String from : List.of("\"beginning\"", "1")) {
      assertThat(move("ci", from).statusCode()).isEqualTo(200);
      assertThat(ids(fetch("ci", "", secret))).hasSize(2);
    }
    move("ci", "\"now\"");
    assertThat(ids(fetch("ci", "", secret))).isEmpty();
    assertThat(move("ci", "\"tomorrow\"").statusCode()).isEqualTo(400);
    assertThat(
            text(
                "select count(*) from public.audit_event where event_type = 'bridge.subscriber.moved'"))
        .isEqualTo("3");
  }

  @Test
  void whatAClientKeptFromBeforeAMoveDoesNotUndoIt() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    store("a.b", 1);
    store("a.b", 2);
    String kept = position(fetch("ci", "", secret));
    assertThat(ids(fetch("ci", "?after=" + kept, secret))).isEmpty();
    String moved = position(new ObjectMapper().readTree(move("ci", "\"beginning\"").body()));
    JsonNode again = fetch("ci", "?after=" + kept, secret);
    assertThat(ids(again)).hasSize(2);
    assertThat(position(again)).isNotEqualTo(kept);
    assertThat(position(new ObjectMapper().readTree(acknowledge("ci", kept, secret).body())))
        .isEqualTo(moved);
    assertThat(ids(fetch("ci", "", secret))).hasSize(2);
    assertThat(ids(fetch("ci", "?after=" + position(again), secret))).isEmpty();
    assertThat(ids(fetch("ci", "", secret))).isEmpty();
  }

  @Test
  void soManyLargeAnswersAreWrittenAtOnceAndNoMore() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    store("a.b", 1);
    int all = reader.memory().free();
    int others = all - PullReader.LARGEST + 1;
    reader.memory().acquire(others);
    HttpResponse<String> refused = pull("ci", "", secret);
    reader.memory().release(others);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("retry-after")).isPresent();
    assertThat(messageOf(refused)).contains("large answers");
    assertThat(ids(fetch("ci", "", secret))).hasSize(1);
    assertThat(pull("ci", "?after=x", secret).statusCode()).isEqualTo(400);
    await().until(() -> reader.memory().free() == all);
  }

  @Test
  void howFarItIsBehindIsAMetric() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    subscribe("idle", "\"event_types\":[\"a.*\"]");
    acknowledge("ci", position(fetch("ci", "", secret)), secret);
    jdbc()
        .update(
            "insert into public.audit_event (source, event_type, created_at) values ('odoo', 'a.b', now() - interval '1 hour')");
    move("idle", "\"now\"");
    Exchange exchange = new DefaultExchange(camel);
    exchange.getMessage().setBody(jdbc().queryForList(SqlFile.read("pull/lag")));
    lag.process(exchange);
    assertThat(age("ci")).isBetween(3_600.0, 3_700.0);
    assertThat(age("idle")).isLessThan(100);
  }

  private double age(String subscriber) {
    return meters.get("bridge.pull.age").tag("subscriber", subscriber).gauge().value();
  }

  @Test
  void explainSaysWhatWasFetched() throws Exception {
    String secret = subscribe("ci", "\"event_types\":[\"a.*\"]");
    String event =
        text(
            "insert into public.audit_event (source, event_type) values ('odoo', 'a.b') returning id");
    assertThat(explained(event)).contains("\"state\":\"unfetched\"");
    acknowledge("ci", fetch("ci", "", secret).path("position").asText(), secret);
    assertThat(explained(event)).contains("\"state\":\"fetched\"");
  }

  private String explained(String event) {
    return get("/bridge/events/" + event + "/deliveries", "apikey", serviceKey()).body();
  }
}
