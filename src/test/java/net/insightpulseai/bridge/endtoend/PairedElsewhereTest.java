package net.insightpulseai.bridge.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import net.insightpulseai.bridge.BridgeProcess;
import net.insightpulseai.bridge.TestDatabase;
import org.junit.jupiter.api.Test;

/** A bridge whose settings lead it to another Odoo than the one it was paired with. */
class PairedElsewhereTest extends EndToEndTest {

  private static final String ANOTHER = "00000000-0000-4000-8000-000000000000";

  @Test
  void aBridgeThatWasPairedWithAnotherOdooSendsNothingAndSaysWhy() {
    String name = unique();
    try (TestDatabase database = TestDatabase.fresh();
        Relay relay = new Relay(InetAddress.getLoopbackAddress(), 0)) {
      relay.target(real().url());
      try (BridgeProcess paired = lines().bridge(database, relay)) {
        // It pairs with the first Odoo it meets ...
        database
            .jdbc()
            .update("insert into public.odoo_action_outbox (action) values ('bridge.ping')");
        waiting().until(() -> isPaired(database));
        assertThat(paired.isAlive()).isTrue();
      }
      // ... which was another one.
      database.jdbc().update("update bridge.pairing set odoo_db_uuid = ?", ANOTHER);
      database
          .jdbc()
          .update(
              "insert into public.odoo_action_outbox (action, args) values ('res.partner.create', ?::jsonb)",
              text(contact(name)));
      relay.forget();
      try (BridgeProcess bridge = lines().bridge(database, relay)) {
        JsonNode pairing = pairing(bridge);
        assertThat(pairing.path("ok").asBoolean()).isFalse();
        assertThat(pairing.path("state").asText()).isEqualTo("another_odoo");
        assertThat(pairing.path("message").asText())
            .contains(ANOTHER)
            .contains(real().parameter("database.uuid"));
        // Asked which one it is, again and again, and never told to do anything.
        waiting().until(() -> relay.requests("/api/agent/info").size() >= 3);
        assertThat(relay.requests("/api/agent/apply")).isEmpty();
      }
      assertThat(
              database
                  .jdbc()
                  .queryForMap(
                      "select status, attempts from public.odoo_action_outbox where action <> 'bridge.ping'"))
          .containsEntry("status", "queued")
          .containsEntry("attempts", 0);
      assertThat(contacts(name)).isZero();
    }
  }

  private static boolean isPaired(TestDatabase database) {
    return database
        .jdbc()
        .queryForObject(
            "select exists (select from bridge.pairing where odoo_db_uuid is not null)",
            Boolean.class);
  }

  /** What an operator is told, as soon as the bridge has started. */
  private static JsonNode pairing(BridgeProcess bridge) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(bridge.url("/bridge/pairing")))
            .header("apikey", serviceKey())
            .build();
    HttpResponse<String> answer =
        waiting()
            .ignoreExceptionsInstanceOf(ConnectException.class)
            .until(
                () -> HttpClient.newHttpClient().send(request, BodyHandlers.ofString()),
                // A bridge that is just starting sends its callers away.
                response -> parse(response.body()).has("state"));
    return parse(answer.body());
  }
}
