package net.insightpulseai.bridge.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.insightpulseai.bridge.routecheck.RouteFile;
import org.junit.jupiter.api.Test;

/** Which routes an edit concerns. */
class ChangeTest {

  private static final String A = route("a", "errors", "1");
  private static final String B = route("b", "more-errors,errors", "1");
  private static final String C = route("c", "more-*", "1");
  private static final String D = route("d", "", "1");

  @Test
  void commentsLayoutAndTheFileOfARouteDoNotCount() {
    RouteFile one = new RouteFile("x.camel.yaml", A + B);
    RouteFile two = new RouteFile("y.camel.yaml", "# why\n" + B.replace("steps:", "steps: # here"));

    assertThat(change(List.of(one), List.of(new RouteFile("x.camel.yaml", A + "\n\n"), two)))
        .hasToString("no route is different");
  }

  @Test
  void aRouteIsKnownByItsId() {
    assertThat(change(A + B, route("a", "errors", "2") + C))
        .hasToString("replaced a; added c; removed b");
  }

  @Test
  void aConfigurationConcernsTheRoutesThatMayUseIt() {
    String routes = A + B + C + D;

    assertThat(change(routes + errors("errors", "1"), routes + errors("errors", "2")))
        .hasToString("replaced a, b, c; configurations errors");
    assertThat(change(routes + errors("", "1"), routes + errors("", "2")).changed())
        .containsExactly("c", "d");
    assertThat(change(routes + errors("other", "1"), routes).configurations())
        .containsExactly("other");
  }

  @Test
  void whatIsForAWholeFileConcernsTheRoutesInIt() {
    String handler = "- onException:\n    exception: [java.lang.Exception]\n";
    RouteFile other = new RouteFile("y.camel.yaml", C);

    assertThat(
            change(
                    List.of(new RouteFile("x.camel.yaml", A + B), other),
                    List.of(new RouteFile("x.camel.yaml", handler + A + B), other))
                .changed())
        .containsExactly("a", "b");
  }

  @Test
  void whatIsReadAtAStartOnlyIsNamedIfItsFileHasChanged() {
    RouteFile beans = new RouteFile("x.camel.yaml", A + "- beans:\n    - name: x\n");
    RouteFile edited = new RouteFile("x.camel.yaml", B + "- beans:\n    - name: x\n");
    RouteFile nameless = new RouteFile("y.camel.yaml", A.replace("    id: a\n", ""));

    assertThat(Change.onlyAtRestart(List.of(beans), List.of(beans))).isEmpty();
    assertThat(Change.onlyAtRestart(List.of(beans), List.of(edited, nameless)))
        .extracting(Object::toString)
        .containsExactly(
            "x.camel.yaml:9: a file with \"beans\" is loaded at a restart only: restart the bridge, or move it to a"
                + " file of its own",
            "y.camel.yaml:1: a route without an id is loaded at a restart only: give it an id, or restart the bridge");
  }

  private static Change change(String before, String after) {
    return change(
        List.of(new RouteFile("x.camel.yaml", before)),
        List.of(new RouteFile("x.camel.yaml", after)));
  }

  private static Change change(List<RouteFile> before, List<RouteFile> after) {
    return Change.between(before, after);
  }

  private static String route(String id, String configurations, String step) {
    return """
        - route:
            id: %s
            routeConfigurationId: "%s"
            from:
              uri: direct:%s
              steps:
                - log: "%s"

        """
        .formatted(id, configurations, id, step);
  }

  private static String errors(String id, String step) {
    return """
        - routeConfiguration:
            %s
            onException:
              - onException:
                  exception: [java.lang.Exception]
                  steps:
                    - log: "%s"
        """
        .formatted(id.isEmpty() ? "precondition: \"true\"" : "id: " + id, step);
  }
}
