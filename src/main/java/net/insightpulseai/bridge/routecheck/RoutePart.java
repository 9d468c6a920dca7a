package net.insightpulseai.bridge.routecheck;

import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One entry of a file that has no faults, to be compared with what it was before.
 *
 * @param kind its key, such as {@code route}
 * @param id empty if it has none
 * @param line where it begins
 * @param configurations the ids of the configurations that a route names
 * @param content everything that is written there, without comments and layout
 */
public record RoutePart(
    String file, String kind, String id, int line, List<String> configurations, String content) {

  /** The entries of a file, in order. */
  public static List<RoutePart> of(RouteFile file) {
    Node tree = new Yaml(new LoaderOptions()).compose(new StringReader(file.text()));
    return tree == null ? List.of() : Entry.of(file, tree).stream().map(RoutePart::of).toList();
  }

  private static RoutePart of(Entry entry) {
    String named = Nodes.text(entry.value(), "routeConfigurationId");
    StringBuilder content = new StringBuilder();
    write(entry.item(), content);
    return new RoutePart(
        entry.file().name(),
        entry.kind(),
        entry.id(),
        entry.firstLine(),
        Arrays.stream(named.split(",", -1)).map(String::strip).filter(x -> !x.isEmpty()).toList(),
        content.toString());
  }

  public boolean isRoute() {
    return kind.equals(Entry.ROUTE);
  }

  public boolean isConfiguration() {
    return kind.equals(Entry.CONFIGURATION);
  }

  private static void write(Node node, StringBuilder text) {
    if (node instanceof ScalarNode scalar) {
      text.append(scalar.getTag().getValue()).append(scalar.getValue().length()).append(':');
      text.append(scalar.getValue());
    } else if (node instanceof SequenceNode sequence) {
      text.append('[');
      sequence.getValue().forEach(item -> write(item, text));
      text.append(']');
    } else {
      text.append('{');
      for (NodeTuple entry : Nodes.entries(node)) {
        write(entry.getKeyNode(), text);
        write(entry.getValueNode(), text);
      }
      text.append('}');
    }
  }
}
