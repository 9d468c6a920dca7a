package net.insightpulseai.bridge.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every route file keeps to, whoever writes it. */
class RoutesTest {

  private static final Set<String> WITH_EXPRESSION =
      Set.of(
          "setBody",
          "setHeader",
          "setVariable",
          "setProperty",
          "transform",
          "validate",
          "filter",
          "split",
          "loop");

  private static final Set<String> STEPS_WITH_OPTIONS =
      Set.of(
          "from",
          "to",
          "wireTap",
          "enrich",
          "process",
          "bean",
          "log",
          "removeHeaders",
          "removeHeader",
          "marshal",
          "unmarshal",
          "convertBodyTo",
          "stop");

  private static final String WORDS = "[a-z]+(-[a-z]+)*";

  /** Lists whose members are one-key objects, named by their kind. */
  private static final Set<String> LISTS_OF_NAMED = Set.of("steps", "onException");

  private static final Set<String> IN_LISTS = Set.of("steps", "onException", "when", "doCatch");

  private static final Set<String> GROUPS = Set.of("ingress", "egress", "lookup", "ops");

  static List<Path> files() throws IOException {
    return RouteFiles.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void isWrittenInTheCanonicalForm(Path file) throws IOException {
    JsonNode tree = RouteFiles.read(file);

    tree.forEach(
        entry ->
            assertThat(entry.fieldNames()).toIterable().isSubsetOf("route", "routeConfiguration"));
    RouteFiles.visit(
        tree,
        (name, value) -> {
          if (STEPS_WITH_OPTIONS.contains(name)) {
            assertThat(value.isObject()).as("%s written in full: %s", name, value).isTrue();
          }
          if (WITH_EXPRESSION.contains(name)) {
            assertThat(value.path("expression").isObject()).as("%s: %s", name, value).isTrue();
          }
          if (name.equals("when")) {
            assertThat(value).allMatch(when -> when.path("expression").isObject());
          }
          if (name.equals("expression") && value.isObject()) {
            assertThat(value).as("the language in full").hasSize(1).allMatch(JsonNode::isObject);
          }
          if (name.equals("uri")) {
            assertThat(value.asText()).as("options belong to parameters").doesNotContain("?");
          }
        });
  }

  @ParameterizedTest
  @MethodSource("files")
  void saysWhatItsRoutesAreFor(Path file) throws IOException {
    for (JsonNode entry : RouteFiles.read(file)) {
      JsonNode route = entry.path("route");
      if (route.isMissingNode()) {
        assertThat(entry.at("/routeConfiguration/description").asText()).isNotEmpty();
        continue;
      }
      String id = route.path("id").asText();
      assertThat(id).matches("[a-z][a-z0-9-]*");
      assertThat(route.path("description").asText()).as("description of %s", id).isNotEmpty();
      assertThat(route.path("group").asText()).as("group of %s", id).isIn(GROUPS);
      assertThat(route.path("nodePrefixId").asText()).isIn("", id + "-");
      assertThat(route.path("routeConfigurationId").asText())
          .as("routeConfigurationId of %s", id)
          .isNotEmpty();
    }
  }

  @Test
  void idsAreUnique() throws IOException {
    assertThat(ids("route")).doesNotHaveDuplicates().isNotEmpty();
    assertThat(ids("routeConfiguration")).doesNotHaveDuplicates().isNotEmpty();
  }

  // Camel refuses to start when steps of two routes have one id, unless a prefix tells them apart.
  @Test
  void stepIdsAreUniqueAmongAllRoutes() throws IOException {
    List<String> ids = new ArrayList<>();
    for (JsonNode route : RouteFiles.each("route")) {
      String prefix = route.path("nodePrefixId").asText();
      RouteFiles.texts(route.path("from"), "id").forEach(id -> ids.add(prefix + id));
    }

    assertThat(ids).doesNotHaveDuplicates().isNotEmpty();
  }

  // Kaoto drops comments when it saves; descriptions and notes it keeps.
  @ParameterizedTest
  @MethodSource("files")
  void saysInDescriptionsAndNotesWhatACommentWouldSay(Path file) throws IOException {
    assertThat(RouteFiles.comments(file)).isEmpty();
  }

  // Camel numbers what has no id, and such a number is all that a diagram would show.
  @ParameterizedTest
  @MethodSource("files")
  void everyStepAndEveryBranchHasAnIdOfWords(Path file) throws IOException {
    JsonNode tree = RouteFiles.read(file);

    RouteFiles.visit(
        tree,
        (name, value) -> {
          if (name.equals("from") || name.equals("otherwise")) {
            assertThat(value.path("id").asText()).as("id of %s: %s", name, value).matches(WORDS);
          }
          if (IN_LISTS.contains(name) && value.isArray()) {
            value.forEach(
                one -> {
                  JsonNode step = LISTS_OF_NAMED.contains(name) ? one.elements().next() : one;
                  assertThat(step.path("id").asText()).as("id of %s", one).matches(WORDS);
                });
          }
        });
  }

  // Camel ignores an unknown one without a word, and its routes then have no error handler.
  @Test
  void everyConfigurationThatARouteNamesExists() throws IOException {
    List<String> named = new ArrayList<>();
    for (JsonNode route : RouteFiles.each("route")) {
      named.addAll(List.of(route.path("routeConfigurationId").asText().split(",")));
    }

    assertThat(ids("routeConfiguration")).containsAll(named);
  }

  @Test
  void everyDirectCallHasExactlyOneRoute() throws IOException {
    List<String> served = new ArrayList<>();
    List<String> called = new ArrayList<>();
    for (JsonNode route : RouteFiles.each("route")) {
      String method = route.at("/from/parameters/httpMethodRestrict").asText();
      served.add((method + " " + route.at("/from/uri").asText()).strip());
      called.addAll(RouteFiles.texts(route.at("/from/steps"), "uri"));
    }
    for (JsonNode configuration : RouteFiles.each("routeConfiguration")) {
      called.addAll(RouteFiles.texts(configuration, "uri"));
      called.addAll(RouteFiles.texts(configuration, "deadLetterUri"));
    }

    assertThat(served).doesNotHaveDuplicates();
    assertThat(called).filteredOn(uri -> uri.startsWith("direct:")).isNotEmpty().isSubsetOf(served);
  }

  private static List<String> ids(String kind) throws IOException {
    return RouteFiles.each(kind).stream().map(entry -> entry.path("id").asText()).toList();
  }
}
