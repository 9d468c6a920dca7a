package net.insightpulseai.bridge.routecheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * One entry of a file: a route, a configuration, or something else that Camel allows there.
 *
 * @param file where it is
 * @param kind its key, such as {@code route}
 * @param item the whole entry
 * @param value what stands below the key
 */
record Entry(RouteFile file, String kind, Node item, Node value) {

  static final String ROUTE = "route";
  static final String CONFIGURATION = "routeConfiguration";

  /** The entries of a file's tree. */
  static List<Entry> of(RouteFile file, Node tree) {
    List<Entry> found = new ArrayList<>();
    for (Node item : Nodes.items(tree)) {
      if (!Nodes.entries(item).isEmpty()) {
        var first = Nodes.entries(item).get(0);
        found.add(new Entry(file, Nodes.key(first), item, first.getValueNode()));
      }
    }
    return found;
  }

  boolean isRoute() {
    return kind.equals(ROUTE);
  }

  /** Its id; empty if it has none. */
  String id() {
    return Nodes.text(value, "id");
  }

  /** How messages name it. */
  String title() {
    return id().isEmpty() ? "the route" : "route \"" + id() + "\"";
  }

  /** Where the id is, or else the entry. */
  Node place(String key) {
    Node at = Nodes.get(value, key);
    return at == null ? item : at;
  }

  @Nullable Node from() {
    return Nodes.get(value, "from");
  }

  /** Where the route takes its exchanges from, without options; empty if it says nothing. */
  String source() {
    return Endpoint.target(Nodes.text(from(), "uri"));
  }

  /** The steps that run. */
  List<Node> steps() {
    return Nodes.items(Nodes.get(from(), "steps")).stream()
        .filter(
            step ->
                Nodes.entries(step).stream().allMatch(one -> Nodes.isEnabled(one.getValueNode())))
        .toList();
  }

  /** Every endpoint that it names, that of {@code from} included. */
  List<Endpoint> endpoints() {
    List<Endpoint> found = new ArrayList<>();
    Nodes.each(item, (key, at, below) -> add(Endpoint.of(key, at, below), found));
    return found;
  }

  /** The endpoints that its steps send to. */
  List<Endpoint> called() {
    List<Endpoint> found = new ArrayList<>();
    Nodes.eachEnabled(item, (key, at, below) -> add(Endpoint.of(key, at, below), found));
    found.removeIf(Endpoint::consumer);
    return found;
  }

  private static void add(@Nullable Endpoint one, List<Endpoint> found) {
    if (one != null) {
      found.add(one);
    }
  }

  /** Where the entry ends: the lines below belong to the next one. */
  int lastLine() {
    return Math.max(Nodes.line(item), Nodes.lastLine(item) - 1);
  }

  int firstLine() {
    return Nodes.line(Objects.requireNonNull(item));
  }
}
