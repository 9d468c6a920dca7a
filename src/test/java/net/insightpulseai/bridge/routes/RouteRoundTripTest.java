package net.insightpulseai.bridge.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.NamedNode;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.yaml.LwModelToYAMLDumper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * What becomes of the route files when a program reads and writes them. What Camel makes of a file
 * is compared value by value, and not the text.
 */
class RouteRoundTripTest {

  /** Where Camel's own writer fails: a constant that is an empty text. */
  private static final String EMPTY = "expression: \"\"";

  private final DefaultCamelContext camel = new DefaultCamelContext();

  @BeforeEach
  void start() {
    camel.disableJMX();
    camel.start();
  }

  @AfterEach
  void stop() throws IOException {
    camel.close();
  }

  static List<Path> files() throws IOException {
    return RouteFiles.all();
  }

  /** As an editor does it that keeps the tree: other quotes, folding and order of keys. */
  @ParameterizedTest
  @MethodSource("files")
  void nothingIsLostWhereTheTreeIsWrittenAnew(Path file) throws Exception {
    List<String> model = values(Files.readString(file));
    assertThat(model).hasSizeGreaterThan(3);
    for (DumperOptions.ScalarStyle quotes :
        List.of(DumperOptions.ScalarStyle.PLAIN, DumperOptions.ScalarStyle.DOUBLE_QUOTED)) {
      DumperOptions form = new DumperOptions();
      form.setDefaultScalarStyle(quotes);
      form.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
      form.setWidth(60);
      String text = new Yaml(form).dump(sorted(RouteFiles.read(file)));
      assertThat(values(text)).isEqualTo(model);
    }
  }

  /** With the keys of each object in another order than the files have them. */
  private static Object sorted(JsonNode tree) {
    if (tree.isObject()) {
      Map<String, Object> members = new TreeMap<>();
      tree.properties().forEach(one -> members.put(one.getKey(), sorted(one.getValue())));
      return new LinkedHashMap<>(members);
    }
    if (tree.isArray()) {
      List<Object> elements = new ArrayList<>();
      tree.forEach(one -> elements.add(sorted(one)));
      return elements;
    }
    return new ObjectMapper().convertValue(tree, Object.class);
  }

  /** Camel's writer is not what any editor uses for files; what it drops is known, all of it. */
  @ParameterizedTest
  @MethodSource("files")
  void camelsOwnWriterLosesWhatDocsRoutesSays(Path file) throws Exception {
    String text = Files.readString(file);
    if (text.contains(EMPTY)) {
      assertThatThrownBy(() -> dump(text)).hasStackTraceContaining("YamlWriter.toYaml");
      return;
    }
    List<String> before = values(text);
    List<String> after = values(dump(text));
    List<String> lost = new ArrayList<>(before);
    lost.removeAll(after);
    List<String> gained = new ArrayList<>(after);
    gained.removeAll(before);

    List<String> catches =
        before.stream()
            .filter(line -> line.endsWith(" : CatchDefinition"))
            .map(line -> line.replace(" : CatchDefinition", ""))
            .toList();
    assertThat(gained).isEmpty();
    assertThat(lost)
        .isEqualTo(
            before.stream()
                .filter(
                    line ->
                        line.matches(".*/(description|note) = .*")
                            || line.matches("\\d+/(errorHandler|onExceptions\\[).*")
                            || catches.stream().anyMatch(line::startsWith))
                .toList());
  }

  private String dump(String text) throws Exception {
    StringBuilder dumped = new StringBuilder();
    for (NamedNode entry : parse(text)) {
      dumped.append(new LwModelToYAMLDumper().dumpModelAsYaml(camel, entry));
    }
    return dumped.toString();
  }

  private List<String> values(String text) throws Exception {
    List<String> lines = new ArrayList<>();
    List<NamedNode> entries = parse(text);
    for (int n = 0; n < entries.size(); n++) {
      lines.addAll(ModelText.of(n, entries.get(n)));
    }
    return lines;
  }

  private List<NamedNode> parse(String text) throws Exception {
    List<NamedNode> found = new ArrayList<>();
    for (RoutesBuilder builder :
        PluginHelper.getRoutesLoader(camel)
            .findRoutesBuilders(ResourceHelper.fromString("file.camel.yaml", text))) {
      RouteConfigurationBuilder entries = (RouteConfigurationBuilder) builder;
      entries.setCamelContext(camel);
      entries.configureRoutes(camel);
      entries.configuration();
      found.addAll(entries.getRouteCollection().getRoutes());
      found.addAll(entries.getRouteConfigurationCollection().getRouteConfigurations());
    }
    return found;
  }
}
