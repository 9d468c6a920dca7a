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
      Set.of("from", "to", "toD", "wireTap", "interceptSendToEndpoint", "poll");

  /** Keys whose value is an expression for an endpoint. */
  private static final Set<String> EXPRESSIONS = Set.of("enrich", "pollEnrich");

  private static final Set<String> TEXTS = Set.of("deadLetterUri", "compensation", "completion");

  /** What a key and its value name; null if that is no endpoint, or not one that is written out. */
  static @Nullable Endpoint of(String key, Node at, Node value) {
    Node uri = null;
    if (EXPRESSIONS.contains(key)) {
      uri = constant(value);
    } else if (STEPS.contains(key) && value instanceof MappingNode) {
      uri = Nodes.get(value, "uri");
    } else if (STEPS.contains(key) || TEXTS.contains(key)) {
      uri = value;
    }
    return uri instanceof ScalarNode
        ? new Endpoint(Nodes.text(uri), uri, Nodes.get(value, "parameters"), key.equals("from"))
        : null;
  }

  /** The text of an expression that is a constant, in each of its forms; null if it is none. */
  private static @Nullable Node constant(Node step) {
    Node expression = Nodes.get(step, "expression");
    Node constant = Nodes.get(expression == null ? step : expression, "constant");
    return constant instanceof MappingNode ? Nodes.get(constant, "expression") : constant;
  }

  /** Whether a message decides a part of it, where the step allows that. */
  boolean isDynamic() {
    return uri.contains("${") || uri.contains("$simple{") || uri.contains("language:");
  }

  /** A URI without its options, in the form {@code direct:name}. */
  static String target(String uri) {
    return uri.replaceFirst("\\?.*", "").replaceFirst("^([a-z-]+)://", "$1:");
  }

  String target() {
    return target(uri);
  }

  boolean isDirect() {
    return target().startsWith("direct:") && !isDynamic();
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
