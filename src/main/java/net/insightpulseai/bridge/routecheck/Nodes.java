package net.insightpulseai.bridge.routecheck;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML nodes, which know their lines. */
final class Nodes {

  private Nodes() {}

  /** From 1. */
  static int line(Node node) {
    return node.getStartMark() == null ? 0 : node.getStartMark().getLine() + 1;
  }

  static int lastLine(Node node) {
    return node.getEndMark() == null ? Integer.MAX_VALUE : node.getEndMark().getLine() + 1;
  }

  static String key(NodeTuple entry) {
    return text(entry.getKeyNode());
  }

  /** A scalar's text; empty for anything else. */
  static String text(@Nullable Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : "";
  }

  static boolean isEmpty(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  static List<NodeTuple> entries(@Nullable Node node) {
    return node instanceof MappingNode mapping ? mapping.getValue() : List.of();
  }

  static List<Node> items(@Nullable Node node) {
    return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
  }

  /** The value of a key; null if there is none. */
  static @Nullable Node get(@Nullable Node node, String key) {
    for (NodeTuple entry : entries(node)) {
      if (key(entry).equals(key)) {
        return entry.getValueNode();
      }
    }
    return null;
  }

  static String text(@Nullable Node node, String key) {
    return text(get(node, key));
  }

  /** Calls for every entry of every mapping, at any depth. */
  static void each(Node node, Visitor visitor) {
    for (NodeTuple entry : entries(node)) {
      visitor.visit(key(entry), entry.getKeyNode(), entry.getValueNode());
      each(entry.getValueNode(), visitor);
    }
    items(node).forEach(item -> each(item, visitor));
  }

  /**
   * Whether a step runs: neither it nor what stands below it does if its key {@code disabled} is
   * true, or may become true when its placeholder is resolved.
   */
  static boolean isEnabled(Node value) {
    Node disabled = get(value, "disabled");
    return disabled == null || text(disabled).equals("false");
  }

  /** Calls for every entry of every mapping, at any depth, but below a step that is disabled. */
  static void eachEnabled(Node node, Visitor visitor) {
    for (NodeTuple entry : entries(node)) {
      if (isEnabled(entry.getValueNode())) {
        visitor.visit(key(entry), entry.getKeyNode(), entry.getValueNode());
        eachEnabled(entry.getValueNode(), visitor);
      }
    }
    items(node).forEach(item -> eachEnabled(item, visitor));
  }

  /** Calls for every text at any depth, with the key that it belongs to. */
  static void texts(String owner, Node node, Visitor visitor) {
    for (NodeTuple entry : entries(node)) {
      texts(key(entry), entry.getValueNode(), visitor);
    }
    items(node).forEach(item -> texts(owner, item, visitor));
    if (node instanceof ScalarNode) {
      visitor.visit(owner, node, node);
    }
  }

  /** One entry of a mapping. */
  interface Visitor {
    void visit(String key, Node at, Node value);
  }
}
