package net.insightpulseai.bridge.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import net.insightpulseai.bridge.BridgeTest;
import net.insightpulseai.bridge.TestOdoo;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = {"bridge.odoo.base-url=", "bridge.supabase.url="})
class NoOdooTest extends BridgeTest {

  @Autowired CamelContext camel;
  @Autowired OdooProbe probe;

  @Test
  void withoutAnOdooTheActionRouteDoesNotExistAndTheRestRuns() {
    assertThat(camel.getRoute("odoo-actions")).isNull();
    assertThat(camel.getRoute("odoo-ping")).isNull();
    assertThat(camel.getRoute("dead-letter")).isNotNull();
    assertThat(probe.covers("odoo")).isFalse();
  }

  @Test
  void withoutAnOdooAProbeSaysSoAndDoesNotThrow() {
    assertThat(probe.probe("odoo").reason()).isEqualTo("probe_failed");
  }

  @ParameterizedTest
  @CsvSource({"odoo, ODOO_BASE_URL", "realtime, SUPABASE_URL"})
  void aSubscriberThatCannotBeCalledIsPausedAndNamesTheSettingAndNothingIsLost(
      String kind, String setting) {
    jdbc().update("insert into bridge.subscriber (name, kind) values ('there', ?)", kind);

    postSigned("/bridge/event", "{\"event_type\":\"app.order.paid\"}");

    await()
        .untilAsserted(
            () ->
                assertThat(
                        jdbc()
                            .queryForList(
                                "select state || ' ' || reason from bridge.target where name = 'subscriber:1'",
                                String.class))
                    .singleElement()
                    .asString()
                    .startsWith("paused ")
                    .contains(setting));
    await()
        .untilAsserted(
            () ->
                assertThat(
                        jdbc()
                            .queryForList(
                                "select status || attempts from bridge.event_delivery",
                                String.class))
                    .containsExactly("queued0"));
  }

  @Test
  void nothingIsSimulatedUnlessItIsAskedFor() {
    assertThat(get("/simulated-odoo/api/agent/info", "x-api-key", TestOdoo.TOKEN).statusCode())
        .isEqualTo(404);
  }
}
