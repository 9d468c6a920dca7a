package net.insightpulseai.bridge.routecheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is refused while the bridge runs, wherever the address comes from. */
class PermittedEndpointsTest {

  private final DefaultCamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void start() {
    new PermittedEndpoints(new PermitSettings(List.of("direct", "log"), List.of()))
        .beforeApplicationStart(camel);
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void componentsThatRoutesMayUseAreThere() {
    assertThat(camel.getEndpoint("direct:x")).isNotNull();
    assertThat(camel.getEndpoint("log://x?showBody=false")).isNotNull();
  }

  @Test
  void othersAreRefusedBeforeTheyAreMade() {
    assertThatThrownBy(() -> camel.getEndpoint("class:java.lang.Runtime"))
        .hasRootCauseMessage(
            "the component \"class\" is not allowed, expected one of direct, log;"
                + " bridge.routes.allow-components names them");
    assertThat(camel.hasComponent("class")).isNull();
  }

  @Test
  void theComponentOfTheStepBeanIsThereAndItsEndpointsAreNot() {
    camel.getRegistry().bind("refuse", new Object());

    assertThat(camel.getComponent("bean")).isNotNull();
    assertThatThrownBy(() -> camel.getEndpoint("bean:refuse"))
        .rootCause()
        .hasMessageStartingWith("the component \"bean\" is not allowed");
  }

  @Test
  void othersAreRefusedAlsoWhereTheComponentIsThere() {
    camel.addComponent("timer", new org.apache.camel.component.timer.TimerComponent());

    assertThatThrownBy(() -> camel.getEndpoint("timer:x"))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .rootCause()
        .hasMessageStartingWith("the component \"timer\" is not allowed");
  }
}
