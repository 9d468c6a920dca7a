package net.insightpulseai.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class BridgeStartTest extends BridgeTest {

  @Autowired CamelContext camel;

  @Test
  void theShippedRoutesStartOnAMigratedDatabase() {
    assertThat(camel.getStatus().isStarted()).isTrue();
    assertThat(
            jdbc().queryForObject("select count(*) from bridge.flyway_schema_history", Long.class))
        .isPositive();
  }
}
