package net.insightpulseai.bridge.pairing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.outbox.CircuitBreakers;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/**
 * A bridge that each test leads astray, so it has a context of its own; real HTTP, a real database.
 */
@TestPropertySource(properties = "bridge.outbox.instance=led-astray")
abstract class PairedBridge extends BridgeTest {

  static final String STRANGER = "00000000-0000-4000-8000-000000000001";
  static final String PAIRING = "/bridge/pairing";
  static final String WHO = "{\"who\":\"ada\",\"why\":\"moved\"}";

  @Autowired CircuitBreakers breakers;
  @Autowired PairedOdoo paired;
  @Autowired PairingControl control;

  @BeforeEach
  void pairWhatIsMetFirst() {
    jdbc().update("delete from bridge.pairing");
    paired.forget();
    assertThat(json(ask()).path("state").textValue()).isEqualTo("paired");
    awaitWorking();
  }

  /** No Odoo has told yet which one it is; what is asked in the background has ended. */
  void forgetOdoo() {
    lookAgain();
    awaitHealth("another_odoo");
    jdbc().update("update bridge.pairing set odoo_db_uuid = null, odoo_base_url = null");
  }

  void lookAgain() {
    breakers.probeSoon();
  }

  /** Whatever the test before left behind. */
  void awaitWorking() {
    lookAgain();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(breakers.openCircuits()).doesNotContainKey("odoo"));
  }

  void awaitHealth(String word) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(healthWord()).isEqualTo(word));
  }

  String healthWord() {
    return json(get("/health")).path("pairing").textValue();
  }

  long queueAction() {
    return jdbc()
        .queryForObject(
            "insert into public.odoo_action_outbox (action, args) values ('res.partner.update', '{\"id\": 7}')"
                + " returning id",
            Long.class);
  }

  /** Not sent, although the engine looks for it many times meanwhile. */
  void stays(long id) {
    await()
        .during(Duration.ofMillis(1500))
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(row(id)).containsEntry("status", "queued").containsEntry("attempts", 0));
    assertThat(odoo().calls("res.partner.update")).isEmpty();
  }

  void awaitApplied(long id) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(row(id)).containsEntry("status", "applied"));
  }

  Map<String, Object> row(long id) {
    return jdbc().queryForMap("select * from public.odoo_action_outbox where id = ?", id);
  }

  Map<String, Object> event() {
    return jdbc()
        .queryForMap(
            "select resource_id, payload ->> 'who' as who, payload ->> 'why' as why,"
                + " payload #>> '{before,odoo_db_uuid}' as before from public.audit_event"
                + " where source = 'bridge' and event_type = 'bridge.paired'");
  }

  HttpResponse<String> ask() {
    return get(PAIRING, "apikey", serviceKey());
  }

  HttpResponse<String> pair() {
    return post(PAIRING, WHO, "apikey", serviceKey());
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return new ObjectMapper().readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new AssertionError(response.body(), e);
    }
  }
}
