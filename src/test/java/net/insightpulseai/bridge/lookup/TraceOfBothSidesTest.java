package net.insightpulseai.bridge.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.TestOdoo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One story, told in the bodies that Odoo's module sends. */
class TraceOfBothSidesTest extends LookUpTest {

  private static final String STORY = "5d0c8f0e-2f36-4f0f-9f4e-0a1b2c3d4e5f";
  private static final String INGEST = "/functions/v1/odoo_event_ingest";

  @BeforeEach
  void pair() {
    assertThat(ask("/bridge/pairing").body()).contains("\"state\":\"paired\"");
  }

  @Test
  void whatOdooDerivesFromAnActionStandsInTheStoryAfterIt() {
    store(event("account.move.created", "1b4e28ba-2fa1-4d2e-9b6e-000000000001", 7001, 41, null));
    HttpResponse<String> pushed =
        post(
            "/functions/v1/push_to_odoo",
            "{\"action\":\"account.move.post\",\"args\":{\"id\":1001},\"correlation_id\":\""
                + STORY
                + "\"}",
            "apikey",
            serviceKey());
    assertThat(pushed.statusCode()).isEqualTo(200);
    TestOdoo.Call call = odoo().calls("account.move.post").get(0);
    // What the module was told comes back with what it derived, the invoice and its customer.
    String origin =
        "{\"source\":\"bridge\",\"correlation_id\":%s,\"hop\":%s}"
            .formatted(call.json().path("correlation_id"), call.json().path("hop"));
    store(
        event("account.move.updated", "1b4e28ba-2fa1-4d2e-9b6e-000000000002", 7002, 42, origin),
        event("res.partner.updated", "1b4e28ba-2fa1-4d2e-9b6e-000000000003", 7003, 42, origin));

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(report())
                    .containsSubsequence(
                        "account.move.created",
                        "account.move.post applied",
                        "account.move.updated",
                        "res.partner.updated")
                    .contains("bridge.action.applied")
                    .hasSize(5));
    JsonNode derived = row("account.move.updated");
    assertThat(derived.path("source").textValue()).isEqualTo("odoo");
    assertThat(derived.path("hop").intValue()).isEqualTo(call.json().path("hop").intValue());
    assertThat(derived.path("causation_id").textValue()).isEqualTo(STORY);
    assertThat(derived.path("meta").path("origin").path("source").textValue()).isEqualTo("bridge");
  }

  @Test
  void whatOdooDerivesDoesNotGoBackToOdoo() {
    jdbc().update("insert into bridge.subscriber (name, kind) values ('erp', 'odoo')");

    store(
        event(
            "res.partner.updated",
            "1b4e28ba-2fa1-4d2e-9b6e-000000000004",
            7004,
            43,
            "{\"source\":\"bridge\",\"correlation_id\":\"" + STORY + "\",\"hop\":1}"));

    assertThat(text("select count(*) from bridge.event_delivery")).isEqualTo("0");
  }

  @Test
  void allThatTheModuleSaysIsKept() {
    store(event("res.partner.updated", "1b4e28ba-2fa1-4d2e-9b6e-000000000005", 7005, 44, null));

    JsonNode row = row("res.partner.updated");
    assertThat(row.path("resource_id").textValue()).isEqualTo("42");
    assertThat(row.path("payload").path("name").textValue()).isEqualTo("Zoë & Söhne");
    assertThat(row.path("occurred_at").textValue()).startsWith("2026-11-27T14:00:00.123456");
    assertThat(row.path("origin").textValue()).isEqualTo(TestOdoo.DB_UUID);
    assertThat(row.path("origin_seq").longValue()).isEqualTo(7005);
    JsonNode meta = row.path("meta");
    assertThat(meta.path("event_id").textValue()).endsWith("000000000005");
    assertThat(meta.path("changed").path("name").toString()).isEqualTo("[\"Zoë\",\"Zoë & Söhne\"]");
    assertThat(meta.path("company_id").intValue()).isEqualTo(1);
    assertThat(meta.path("uid").intValue()).isEqualTo(2);
    assertThat(meta.path("tx").textValue()).isEqualTo("44");
    assertThat(meta.has("thin")).isFalse();
    assertThat(meta).hasSize(5);
  }

  @Test
  void whoGetsAnEventCanGroupWhatBelongsTogetherAndSeesThatAPayloadIsMissing() {
    store(
        event("res.partner.updated", "1b4e28ba-2fa1-4d2e-9b6e-000000000006", 7006, 45, null)
            .replace("\"tx\"", "\"thin\":true,\"tx\""));

    assertThat(
            text(
                "select m ->> 'tx' || ' ' || (m ->> 'thin') from public.audit_event e,"
                    + " lateral (select bridge.event_message(e) as m) message"))
        .isEqualTo("45 true");
  }

  private void store(String... events) {
    String body = "{\"events\":[" + String.join(",", events) + "],\"audience\":\"bridge.ingest\"}";
    HttpResponse<String> response = postSigned(INGEST, body);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"ok\":true,\"results\"");
  }

  /** As the module builds it, ASCII and all. */
  private static String event(String type, String id, long seq, long tx, String origin) {
    return """
        {"event_id":"%s","event_type":"%s","resource_id":42,\
        "payload":{"name":"Zo\\u00eb & S\\u00f6hne","email":false,"country_id":[57,"Germany"]},\
        "changed":{"name":["Zo\\u00eb","Zo\\u00eb & S\\u00f6hne"]},"company_id":1,"uid":2,"correlation_id":"%s",\
        %s"occurred_at":"2026-11-27T14:00:00.123456Z","seq":%d,"db_uuid":"%s","tx":"%d"}"""
        .formatted(
            id,
            type,
            STORY,
            origin == null ? "" : "\"origin\":" + origin + ",",
            seq,
            TestOdoo.DB_UUID,
            tx);
  }

  private List<String> report() {
    List<String> report = new ArrayList<>();
    for (JsonNode item : askJson("/bridge/trace/" + STORY).path("story")) {
      JsonNode row = item.path("row");
      if (item.path("what").textValue().equals("action")) {
        report.add(row.path("action").textValue() + " " + item.path("status").textValue());
      } else if (item.path("what").textValue().equals("event")) {
        report.add(row.path("event_type").textValue());
      }
    }
    return report;
  }

  private JsonNode row(String type) {
    for (JsonNode item : askJson("/bridge/trace/" + STORY).path("story")) {
      if (item.path("row").path("event_type").asText().equals(type)) {
        return item.path("row");
      }
    }
    throw new AssertionError("no " + type);
  }
}
