package net.insightpulseai.bridge.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedPathsTest {

  @ParameterizedTest
  @CsvSource({
    "/health, /health, true",
    "/health, /bridge, false",
    "/bridge/events, /bridge/events/1, false",
    "/bridge/events/{id}, /bridge/events/counts, true",
    "/bridge/events/{id}, /bridge/events/{name}, true",
    "/bridge/events/{id:[0-9]*}, /bridge/events/counts, false",
    "/bridge/events/{id:[0-9]*}, /bridge/events/7, true",
    "/bridge/events/{id:[0-9]*}, /bridge/events/{id:[a-z]+}, false",
    "/bridge/events/{id}/deliveries, /bridge/events/{id}, false",
    "/*, /health, true",
    "/bridge/*, /bridge/events/1/deliveries, true",
    "/bridge*, /health, false",
    "/custom/{id:[}, /custom/x, true"
  })
  void twoPathsOverlapIfOneRequestCouldBeForBoth(String one, String other, boolean overlap) {
    assertThat(ServedPaths.overlap(one, other)).isEqualTo(overlap);
    assertThat(ServedPaths.overlap(other, one)).isEqualTo(overlap);
  }
}
