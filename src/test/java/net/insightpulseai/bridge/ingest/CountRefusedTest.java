package net.insightpulseai.bridge.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import net.insightpulseai.bridge.BridgeTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class CountRefusedTest extends BridgeTest {

  private static final String EVENT = "{\"event_type\":\"a.b\",\"resource_id\":1}";

  @Autowired private MeterRegistry meters;

  @Test
  void aRequestThatIngestRefusesIsCountedAndOneOfAnotherRouteIsNot() {
    double before = refused();

    assertThat(post("/functions/v1/odoo_event_ingest", EVENT, "x-signature", "00").statusCode())
        .isEqualTo(401);
    assertThat(refused()).isEqualTo(before + 1);

    assertThat(postSigned("/bridge/event", "{}").statusCode()).isEqualTo(400);
    assertThat(refused()).isEqualTo(before + 2);

    assertThat(get("/bridge/events").statusCode()).isEqualTo(401);
    assertThat(postSigned("/functions/v1/odoo_event_ingest", EVENT).statusCode()).isEqualTo(200);
    assertThat(refused()).isEqualTo(before + 2);
  }

  private double refused() {
    return meters.get("bridge.ingest.refused").counter().count();
  }
}
