package net.insightpulseai.bridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The first step of a route that serves HTTP decides who may call it. */
class RouteGuardsTest {

  private static final Set<String> GUARDS =
      Set.of(
          "requireServiceKey",
          "requireCaller",
          "requireApplyCaller",
          "requireWebhookCaller",
          "requirePullCaller",
          "verifySignature");

  private static final String STAND_IN =
      "runs in demo mode, and its bean checks as the real one would";

  private static final Map<String, String> UNGUARDED =
      Map.of(
          "health", "load balancers have no key, and it says no more than up or down",
          "openapi", "it describes the addresses and holds no data",
          "openapi-types", "the same for programs",
          "docs", "the same for readers",
          "simulated-odoo-apply", STAND_IN,
          "simulated-odoo-event-push", STAND_IN,
          "simulated-odoo-info", STAND_IN,
          "simulated-realtime", STAND_IN,
          "simulated-subscriber", STAND_IN);

  @Test
  void theFirstStepOfEveryRouteThatServesHttpIsItsGuard() throws IOException {
    Map<String, String> guards = new TreeMap<>();
    Set<String> unguarded = new TreeSet<>();
    for (JsonNode route : RouteFiles.each("route")) {
      if (route.at("/from/uri").asText().startsWith("platform-http:")) {
        String guard = guard(route);
        if (GUARDS.contains(guard)) {
          guards.put(route.path("id").asText(), guard);
        } else {
          assertThat(guard).as("first step of %s", route.path("id")).isEqualTo("allowAnyone");
          unguarded.add(route.path("id").asText());
        }
      }
    }

    assertThat(guards).hasSizeGreaterThan(30);
    assertThat(unguarded).as("routes without a guard").isEqualTo(UNGUARDED.keySet());
  }

  /** The bean of the first step, or of the first step of the route that the first step calls. */
  private static String guard(JsonNode route) throws IOException {
    JsonNode first = route.at("/from/steps/0");
    String called = first.at("/to/uri").asText();
    if (called.startsWith("direct:")) {
      for (JsonNode other : RouteFiles.each("route")) {
        if (other.at("/from/uri").asText().equals(called)) {
          return guard(other);
        }
      }
    }
    return first.at("/process/ref").asText();
  }
}
