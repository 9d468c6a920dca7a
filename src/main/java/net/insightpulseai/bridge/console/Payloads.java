package net.insightpulseai.bridge.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Takes out of an answer what only an operator may read: contents of records. */
public final class Payloads {

  private static final Set<String> CONTENTS =
      Set.of("payload", "args", "envelope", "response_body", "excerpt", "meta");

  private Payloads() {}

  /** Sets the contents to null, wherever they are. */
  public static void hide(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                if (CONTENTS.contains(field.getKey())) {
                  field.setValue(object.nullNode());
                } else {
                  hide(field.getValue());
                }
              });
    } else if (node instanceof ArrayNode array) {
      array.forEach(Payloads::hide);
    }
  }
}
