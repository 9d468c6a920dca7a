package net.insightpulseai.bridge.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import net.insightpulseai.bridge.address.Origins;

/**
 * Takes out of an answer what only an operator may read: contents of records, and of addresses all
 * but scheme and host, because many webhooks have a secret in the path or the query.
 */
public final class Payloads {

  private static final Set<String> CONTENTS =
      Set.of("payload", "args", "envelope", "response_body", "excerpt", "meta");

  /** Of an incident: the address of this console's page. */
  private static final String LINK = "link";

  private Payloads() {}

  /** Sets the contents to null and shortens the addresses, wherever they are. */
  public static void hide(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                if (CONTENTS.contains(field.getKey())) {
                  field.setValue(object.nullNode());
                } else if (field.getValue().isTextual() && !field.getKey().equals(LINK)) {
                  field.setValue(shortened(field.getValue()));
                } else {
                  hide(field.getValue());
                }
              });
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isTextual()) {
          array.set(i, shortened(array.get(i)));
        } else {
          hide(array.get(i));
        }
      }
    }
  }

  private static JsonNode shortened(JsonNode text) {
    return TextNode.valueOf(Origins.only(text.textValue()));
  }
}
