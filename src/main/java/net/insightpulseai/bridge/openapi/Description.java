package net.insightpulseai.bridge.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The OpenAPI description, in the order in which it is written. */
record Description(JsonNode root) {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  static Description of(String yaml) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    Map<String, Object> read = new Yaml(new SafeConstructor(options)).load(yaml);
    return new Description(new ObjectMapper().valueToTree(read));
  }

  /**
   * One operation of the description.
   *
   * @param path where it is, or the name of a webhook
   */
  record Operation(String method, String path, JsonNode node) {

    String id() {
      return node.path("operationId").asText();
    }
  }

  /** The operations below {@code paths} or {@code webhooks} that have this tag. */
  List<Operation> operations(String section, String tag) {
    List<Operation> found = new ArrayList<>();
    root.path(section)
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(one -> METHODS.contains(one.getKey()))
                    .filter(one -> one.getValue().path("tags").path(0).asText().equals(tag))
                    .forEach(
                        one ->
                            found.add(
                                new Operation(
                                    one.getKey().toUpperCase(Locale.ROOT),
                                    path.getKey(),
                                    one.getValue()))));
    return found;
  }

  JsonNode components(String kind) {
    return root.path("components").path(kind);
  }

  /** What a reference leads to; any other node is itself. */
  JsonNode follow(JsonNode node) {
    JsonNode reference = node.path("$ref");
    return reference.isTextual() ? root.at(reference.textValue().substring(1)) : node;
  }

  /** The last part of a reference, such as {@code Event}; empty if the node is none. */
  static String nameOf(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.substring(reference.lastIndexOf('/') + 1);
  }
}
