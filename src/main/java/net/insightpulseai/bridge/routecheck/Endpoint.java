package net.insightpulseai.bridge.routecheck;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * An endpoint that a route file names.
 *
 * @param uri as it is written
 * @param at where
 * @param options below {@code parameters}, with their places; null if there are none
 * @param consumer whether the route takes from it
 */
record Endpoint(String uri, Node at, @Nullable Node options, boolean consumer) {

  /** Keys whose value is an endpoint, as a text or as an object with {@code uri}. */
  private static final Set<String> STEPS =
      Set.of("from", "to", "wireTap", "interceptSendToEndpoint", "poll");

  private static final Set<String> TEXTS = Set.of("deadLetterUri");

  /** What a key and its value name; null if that is no endpoint, or one that a message decides. */
  static @Nullable Endpoint of(String key, Node at, Node value) {
    Node uri =
        STEPS.contains(key) && value instanceof MappingNode ? Nodes.get(value, "uri") : value;
    boolean named = STEPS.contains(key) || TEXTS.contains(key);
    if (!named || !(uri instanceof ScalarNode) || Nodes.text(uri).contains("${")) {
      return null;
    }
    return new Endpoint(Nodes.text(uri), uri, Nodes.get(value, "parameters"), key.equals("from"));
  }

  /** A URI without its options, in the form {@code direct:name}. */
  static String target(String uri) {
    return uri.replaceFirst("\\?.*", "").replaceFirst("^([a-z-]+)://", "$1:");
  }

  String target() {
    return target(uri);
  }

  boolean isDirect() {
    return target().startsWith("direct:");
  }

  /** The options below {@code parameters}. */
  Map<String, String> parameters() {
    Map<String, String> found = new LinkedHashMap<>();
    Nodes.entries(options)
        .forEach(one -> found.put(Nodes.key(one), Nodes.text(one.getValueNode())));
    return found;
  }

  /** The line of an option, or else of the endpoint. */
  Node place(String option) {
    return Nodes.entries(options).stream()
        .filter(one -> Nodes.key(one).equals(option))
        .<Node>map(one -> one.getKeyNode())
        .findFirst()
        .orElse(at);
  }
}
