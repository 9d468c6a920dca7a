package net.insightpulseai.bridge.routecheck;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.insightpulseai.bridge.config.Nearest;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Compares route files with the schema of the Camel that runs them, and says in words what does not
 * fit. A test compares the result with that of a validator of JSON schemas.
 */
final class SchemaCheck {

  private static final String SCHEMA = "/schema/camelYamlDsl.json";

  private final JsonNode root;
  private final IdentityHashMap<JsonNode, Shape> shapes = new IdentityHashMap<>();

  SchemaCheck() {
    try (InputStream text = SchemaCheck.class.getResourceAsStream(SCHEMA)) {
      root = new ObjectMapper().readTree(Objects.requireNonNull(text, SCHEMA));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds what is wrong with a file's form. */
  void check(RouteFile file, Node tree, Languages languages, Findings findings) {
    if (!(tree instanceof SequenceNode)) {
      findings.wrong(
          file, tree, "found no list, expected entries that begin with \"- route:\" at the margin");
      return;
    }
    check(new Place(file, "entry", languages, findings), root.path("items"), tree, true);
  }

  /**
   * @param owner the key that the value belongs to, or what an element of a list is
   */
  private record Place(RouteFile file, String owner, Languages languages, Findings findings) {

    Place below(String name) {
      return new Place(file, name, languages, findings);
    }

    void wrong(Node at, String text) {
      findings.wrong(file, at, text);
    }
  }

  private Shape shape(JsonNode schema) {
    Shape known = shapes.get(schema);
    if (known == null) {
      known =
          Shape.of(
              schema, one -> root.at(one.path("$ref").asText().substring(1).replace("~", "~0")));
      shapes.put(schema, known);
    }
    return known;
  }

  private void check(Place place, JsonNode schema, Node node, boolean list) {
    if (list) {
      Nodes.items(node).forEach(item -> value(place, item, shape(schema), item));
    } else {
      value(place, node, shape(schema), node);
    }
  }

  /**
   * @param at where to report that the value as a whole does not fit
   */
  private void value(Place place, Node node, Shape shape, Node at) {
    if (node instanceof MappingNode mapping) {
      if (shape.takes("object")) {
        mapping(place, mapping, shape);
      } else {
        place.wrong(
            at, quoted(place) + " has keys below it, expected " + SchemaWords.expected(shape));
      }
    } else if (node instanceof SequenceNode sequence) {
      if (!shape.takes("array")) {
        place.wrong(at, quoted(place) + " is a list, expected " + SchemaWords.expected(shape));
      } else if (shape.items() != null) {
        check(place.below(SchemaWords.element(place.owner())), shape.items(), sequence, true);
      }
    } else if (node instanceof ScalarNode scalar) {
      scalar(place, scalar, shape, at);
    }
  }

  private static String quoted(Place place) {
    return "\"" + place.owner() + "\"";
  }

  private void scalar(Place place, ScalarNode scalar, Shape shape, Node at) {
    String text = scalar.getValue();
    if (!shape.takesText()) {
      place.wrong(
          at,
          Nodes.isEmpty(scalar)
              ? quoted(place) + " is empty, expected " + SchemaWords.expected(shape)
              : "%s is the text \"%s\", expected %s"
                  .formatted(quoted(place), text, SchemaWords.expected(shape)));
      return;
    }
    boolean open = text.contains("{{") || Nodes.isEmpty(scalar) || shape.takes("object");
    if (!open && shape.isFlag() && !text.matches("(?i)true|false")) {
      place.wrong(at, "%s is \"%s\", expected true or false".formatted(quoted(place), text));
    }
    if (!open
        && !shape.words().isEmpty()
        && shape.words().stream().noneMatch(text::equalsIgnoreCase)) {
      place.wrong(
          at,
          "%s is \"%s\", expected one of %s%s"
              .formatted(
                  quoted(place),
                  text,
                  String.join(", ", shape.words()),
                  Nearest.hint(text, shape.words())));
    }
  }

  private void mapping(Place place, MappingNode mapping, Shape shape) {
    Set<String> seen = new HashSet<>();
    boolean beside = shape.isSingle() && mapping.getValue().size() > 1;
    if (beside) {
      String first = Nodes.key(mapping.getValue().get(0));
      NodeTuple second = mapping.getValue().get(1);
      place.wrong(
          second.getKeyNode(),
          "\"%s\" stands beside \"%s\", expected one key in each %s: indent what belongs to %s below it"
              .formatted(Nodes.key(second), first, place.owner(), first));
    }
    Set<String> meant = new HashSet<>();
    for (NodeTuple entry : mapping.getValue()) {
      String name = Nodes.key(entry);
      JsonNode below = shape.property(name);
      if (!seen.add(name)) {
        place.wrong(entry.getKeyNode(), "\"" + name + "\" is there twice");
      } else if (below != null) {
        if (shape.isExpression()) {
          place.languages().used(place.file(), name, entry);
        }
        // The keys beside a step's are reported already; what is empty because of them is not.
        if (!(beside && Nodes.isEmpty(entry.getValueNode()))) {
          value(place.below(name), entry.getValueNode(), shape(below), entry.getKeyNode());
        }
      } else if (!shape.isFree() && !beside) {
        place.wrong(
            entry.getKeyNode(),
            SchemaWords.unknown(place.owner(), name, shape) + misplaced(name, mapping, shape));
        meant.add(Objects.requireNonNullElse(Nearest.of(name, shape.names()), ""));
      }
    }
    if (!shape.isSingle()) {
      // An option that is misspelt is not missing as well.
      meant.addAll(seen);
      demands(place, mapping, shape, meant);
    }
  }

  /** Says so if an unknown option would be one of its neighbor, were it indented below that. */
  private String misplaced(String name, MappingNode mapping, Shape shape) {
    for (NodeTuple entry : mapping.getValue()) {
      JsonNode neighbor = shape.property(Nodes.key(entry));
      if (neighbor != null
          && entry.getValueNode() instanceof MappingNode
          && shape(neighbor).property(name) != null) {
        return "; it belongs to \"%s\": indent it below that".formatted(Nodes.key(entry));
      }
    }
    return "";
  }

  /** Whether an entry of a file may have this key. */
  boolean isEntry(String key) {
    return root.path("items").path("properties").has(key);
  }

  private static void demands(Place place, MappingNode mapping, Shape shape, Set<String> seen) {
    for (String name : shape.required()) {
      if (!seen.contains(name)) {
        place.wrong(mapping, quoted(place) + " lacks \"" + name + "\"");
      }
    }
    for (Set<String> choices : shape.exclusive()) {
      List<String> both = choices.stream().filter(seen::contains).toList();
      if (both.size() > 1) {
        place.wrong(
            mapping, quoted(place) + " has " + String.join(" and ", both) + ", expected one");
      }
    }
  }
}
