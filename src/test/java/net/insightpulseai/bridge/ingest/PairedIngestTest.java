package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an Odoo that is not the paired one is told: its module keeps the events then. */
class PairedIngestTest extends BridgeTest {

  private static final String INGEST = "/functions/v1/odoo_event_ingest";
  private static final String OURS = event(TestOdoo.DB_UUID, "ours");
  private static final String FOREIGN = event("00000000-0000-4000-8000-000000000001", "foreign");
  private static final String UNNAMED = "{\"event_type\":\"unnamed\"}";

  @BeforeEach
  void pair() {
    assertThat(get("/bridge/pairing", "apikey", serviceKey()).body())
        .contains("\"state\":\"paired\"");
  }

  @Test
  void anEventOfAnotherOdooIsRefusedInJsonAndNotStored() {
    HttpResponse<String> response = postSigned(INGEST, FOREIGN);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/json");
    assertThat(json(response).path("code").textValue()).isEqualTo("not_paired");
    assertThat(json(response).path("message").textValue()).contains("POST /bridge/pairing");
    assertThat(types()).isEmpty();
  }

  @Test
  void aPackOfAnotherOdooIsRefusedAsAWhole() {
    HttpResponse<String> response = postSigned(INGEST, pack(FOREIGN, FOREIGN));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(json(response).path("code").textValue()).isEqualTo("not_paired");
    assertThat(types()).isEmpty();
  }

  @Test
  void nothingOfAnotherOdoosPackIsJudgedOnItsOwn() {
    HttpResponse<String> response = postSigned(INGEST, pack("{\"resource_id\":1}", FOREIGN));

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).doesNotContain("missing_event_type");
  }

  @Test
  void eachEventOfAMixedPackHasItsOwnOutcome() {
    HttpResponse<String> response = postSigned(INGEST, pack(OURS, FOREIGN, UNNAMED));

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode results = json(response).path("results");
    assertThat(results.findValuesAsText("ok")).containsExactly("true", "false", "true");
    assertThat(results.get(1).path("status").intValue()).isEqualTo(403);
    assertThat(results.get(1).path("code").textValue()).isEqualTo("not_paired");
    assertThat(types()).containsExactly("ours", "unnamed");
  }

  @Test
  void anEventThatNamesNoDatabaseIsTakenAsInTheOriginalContract() {
    assertThat(postSigned(INGEST, UNNAMED).statusCode()).isEqualTo(200);
    assertThat(types()).containsExactly("unnamed");
  }

  @Test
  void whatComesFromElsewhereIsNotOdoos() {
    assertThat(postSigned("/bridge/event", FOREIGN).statusCode()).isEqualTo(200);
  }

  @Test
  void anOdooThatAnotherReplicaHasJustPairedIsTakenWithinASecond() throws Exception {
    assertThat(postSigned(INGEST, FOREIGN).statusCode()).isEqualTo(403);
    jdbc()
        .update("update bridge.pairing set odoo_db_uuid = '00000000-0000-4000-8000-000000000001'");
    try {
      await()
          .untilAsserted(() -> assertThat(postSigned(INGEST, FOREIGN).statusCode()).isEqualTo(200));
    } finally {
      jdbc().update("update bridge.pairing set odoo_db_uuid = ?", TestOdoo.DB_UUID);
      await().untilAsserted(() -> assertThat(postSigned(INGEST, OURS).statusCode()).isEqualTo(200));
    }
  }

  private static String event(String dbUuid, String type) {
    return "{\"event_type\":\"%s\",\"db_uuid\":\"%s\"}".formatted(type, dbUuid);
  }

  private static String pack(String... events) {
    return "{\"events\":[" + String.join(",", events) + "],\"audience\":\"bridge.ingest\"}";
  }

  private List<String> types() {
    return jdbc()
        .queryForList("select event_type from public.audit_event order by id", String.class);
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return ExactJson.mapper().readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
