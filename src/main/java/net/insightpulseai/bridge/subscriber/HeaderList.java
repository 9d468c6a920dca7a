package net.insightpulseai.bridge.subscriber;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import net.insightpulseai.bridge.encryption.Sealed;
import org.jspecify.annotations.Nullable;

/**
 * The column {@code headers} of a subscriber.
 *
 * @param entries by the header's name, whatever its case
 */
record HeaderList(Map<String, Entry> entries) {

  /** The header that basic authentication is. */
  static final String AUTHORIZATION = "Authorization";

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * One value.
   *
   * @param sealed the value, or null
   * @param reference where it is, if it is not sealed; null too if it is in application.yaml
   * @param basic whether it is a user and a password for basic authentication
   */
  record Entry(@Nullable Sealed sealed, @Nullable String reference, boolean basic) {}

  static HeaderList none() {
    return new HeaderList(new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
  }

  /** Reads the column's text. */
  static HeaderList read(String text) {
    HeaderList list = none();
    try {
      for (Map.Entry<String, JsonNode> one : JSON.readTree(text).properties()) {
        JsonNode node = one.getValue();
        Sealed sealed =
            node.has("value")
                ? new Sealed(
                    Base64.getDecoder().decode(node.path("value").asText()),
                    node.path("key_id").asText())
                : null;
        list.entries.put(
            one.getKey(),
            new Entry(sealed, node.path("ref").textValue(), node.path("basic").asBoolean()));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "bridge.subscriber.headers is a jsonb column but does not hold JSON", e);
    }
    return list;
  }

  /** The column's text. */
  String write() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    entries.forEach(
        (name, entry) -> {
          ObjectNode node = object.putObject(name);
          if (entry.sealed() != null) {
            node.put("value", Base64.getEncoder().encodeToString(entry.sealed().bytes()));
            node.put("key_id", entry.sealed().keyId());
          } else if (entry.reference() != null) {
            node.put("ref", entry.reference());
          }
          if (entry.basic()) {
            node.put("basic", true);
          }
        });
    return object.toString();
  }
}
