package net.insightpulseai.bridge.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.insightpulseai.bridge.TestRealtime.Call;
import net.insightpulseai.bridge.TestRealtime.Received;
import org.junit.jupiter.api.Test;

/** An event becomes one broadcast, in the form that the server and the subscriber take. */
class DeliverRealtimeTest extends RealtimeDelivery {

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
}
