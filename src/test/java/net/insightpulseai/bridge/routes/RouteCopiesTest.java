package net.insightpulseai.bridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Routes that do the same are written out, not made from a template: a templated route has no
 * description of its own, and visual editors do not show it. These tests keep the copies alike.
 */
class RouteCopiesTest {

  private static final String SQL = "sql:classpath:sql/";

  /** Seconds; every other statement has ten. */
  private static final Map<String, String> OTHER_TIME_OUTS =
      Map.ofEntries(
          Map.entry("action/enqueue.sql", "5"), // its caller waits for Odoo as well
          Map.entry("subscriber/delete.sql", "30"), // discards what waits, some at a time
          Map.entry("replay/plan.sql", "30"), // counts the events of a selection
          Map.entry("replay/step.sql", "30"), // queues the next events of a replay
          // For a caller who waits, and for all replays by the timer.
          Map.entry("replay/sweep.sql", "10 30"),
          Map.entry("retention/delete_actions.sql", "30"),
          Map.entry("retention/delete_attempts.sql", "30"),
          Map.entry("retention/delete_dead_letters.sql", "30"),
          Map.entry("retention/delete_deliveries.sql", "30"),
          Map.entry("retention/delete_event_keys.sql", "30"),
          Map.entry("retention/delete_events.sql", "30"),
          Map.entry("retention/delete_refusals.sql", "30"),
          Map.entry("retention/delete_replays.sql", "30"));

  /** Steps of the API that are named by what they do, behind the id of their route. */
  private static final Map<String, String> NAMES =
      Map.of("requireServiceKey", "check-key", "readBody", "read-body");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "look-up-action look-up-event look-up-replay look-up-event-deliveries look-up-record"
            + " look-up-trace look-up-dead-letter look-up-actions look-up-events look-up-replays"
            + " look-up-dead-letters",
        "requeue-dead-letter requeue-dead-letters discard-dead-letter discard-dead-letters",
        "pause-replay resume-replay cancel-replay"
      })
  void routesOfOneKindDifferOnlyInWhatTheyName(String ids) throws IOException {
    Set<JsonNode> shapes = new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
    for (String id : ids.split(" ")) {
      shapes.add(shape(route(id)));
    }

    assertThat(shapes).hasSize(1);
  }

  @Test
  void everyRouteOfTheApiNamesItsCommonStepsAlike() throws IOException {
    int steps = 0;
    for (JsonNode route : RouteFiles.below("api", "route")) {
      String id = route.path("id").asText();
      for (JsonNode step : route.at("/from/steps")) {
        String name = NAMES.get(step.at("/process/ref").asText());
        if (name != null) {
          assertThat(step.at("/process/id").asText()).isEqualTo(id + "-" + name);
          steps++;
        }
        if (step.has("removeHeaders")) {
          assertThat(step.at("/removeHeaders/id").asText()).isEqualTo(id + "-remove-headers");
        }
      }
    }
    assertThat(steps).isGreaterThan(40);
  }

  // Headers that are left go back to the caller, the key among them.
  @Test
  void everyRouteThatServesHttpRemovesAllHeadersOfTheRequest() throws IOException {
    int served = 0;
    for (JsonNode route : RouteFiles.each("route")) {
      JsonNode steps = route.at("/from/steps");
      boolean callsOn = steps.findValuesAsText("uri").stream().anyMatch(RouteCopiesTest::removes);
      if (route.at("/from/uri").asText().startsWith("platform-http:") && !callsOn) {
        List<JsonNode> removing = steps.findValues("removeHeaders");
        assertThat(removing).as(route.path("id").asText()).hasSize(1);
        assertThat(removing.get(0).path("pattern").asText()).isEqualTo("*");
        served++;
      }
    }
    assertThat(served).isGreaterThan(30);
    for (String id : new String[] {"queue-action", "change-replay"}) {
      assertThat(route(id).findValues("removeHeaders")).as(id).hasSize(1);
    }
  }

  private static boolean removes(String uri) {
    return Set.of("direct:queue-action", "direct:change-replay").contains(uri);
  }

  @Test
  void everyStatementOfARouteHasItsTimeOut() throws IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    for (JsonNode route : RouteFiles.each("route")) {
      RouteFiles.visit(
          route,
          (name, step) -> {
            String uri = step.path("uri").asText();
            if (name.equals("to") && uri.startsWith(SQL)) {
              found
                  .computeIfAbsent(uri.substring(SQL.length()), file -> new TreeSet<>())
                  .add(step.at("/parameters/template.queryTimeout").asText());
            }
          });
    }

    assertThat(found)
        .hasSizeGreaterThan(20)
        .containsKeys(OTHER_TIME_OUTS.keySet().toArray(String[]::new));
    found.forEach(
        (file, seconds) ->
            assertThat(String.join(" ", seconds))
                .as(file)
                .isEqualTo(OTHER_TIME_OUTS.getOrDefault(file, "10")));
  }

  @Test
  void theLoopsOfRetentionDifferOnlyInTheirStatement() throws IOException {
    Set<String> shapes = new TreeSet<>();
    List<String> statements = new ArrayList<>();
    for (String id : new String[] {"delete-finished", "delete-old-events"}) {
      JsonNode steps = route(id).at("/from/steps");
      for (int i = 1; i < steps.size(); i++) {
        if (steps.get(i).has("loop")) {
          assertThat(steps.get(i - 1).at("/bean/method").asText()).startsWith("begin(");
          assertThat(steps.get(i + 1).at("/bean/method").asText())
              .isEqualTo(steps.get(i - 1).at("/bean/method").asText().replace("begin(", "end("));
          statements.add(steps.get(i).at("/loop/steps/0/to/uri").asText());
          shapes.add(shape(steps.get(i)).toString());
        }
      }
    }

    assertThat(shapes).hasSize(1);
    assertThat(statements).hasSize(6).doesNotHaveDuplicates();
  }

  private static JsonNode route(String id) throws IOException {
    return RouteFiles.each("route").stream()
        .filter(route -> route.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** What is left of a tree when everything that a copy names for itself is taken away. */
  private static JsonNode shape(JsonNode tree) {
    JsonNode copy = tree.deepCopy();
    blank(copy, copy.path("id").asText() + "-");
    return copy;
  }

  private static void blank(JsonNode tree, String prefix) {
    if (tree instanceof ObjectNode node) {
      node.remove(List.of("description", "note", "ref", "uri"));
      if (node.has("id")) {
        String id = node.path("id").asText();
        node.put("id", id.startsWith(prefix) ? id.substring(prefix.length()) : "");
      }
    }
    tree.forEach(member -> blank(member, prefix));
  }
}
