package net.insightpulseai.bridge.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import net.insightpulseai.bridge.http.JsonLimits;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Makes another JSON object of the body: a {@code bean} step with the method {@code of(${exchange},
 * 'order=payload.name, kind:=sale')}. Quotes and digits stay right, whatever the values are.
 */
@Component("pickFields")
public class PickFields {

  private static final String WHOLE = ".";

  private final ObjectMapper json;

  PickFields(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
  }

  /**
   * Replaces the body, which is JSON as text, as bytes or as an object, by JSON as text.
   *
   * @param fields separated by commas: {@code name=path}, where a dot leads into an object and a
   *     dot alone is the whole body, or {@code name:=text}. What is not there is null
   * @throws net.insightpulseai.bridge.http.Refusal 400 if the body is no JSON
   * @throws IllegalArgumentException if a field is written in neither form
   */
  public void of(Exchange exchange, String fields) {
    JsonNode document = document(exchange.getMessage().getBody());
    ObjectNode picked = json.createObjectNode();
    for (String field : fields.split(",", -1)) {
      int at = field.indexOf('=');
      boolean text = at > 0 && field.charAt(at - 1) == ':';
      String name = field.substring(0, Math.max(text ? at - 1 : at, 0)).strip();
      if (name.isEmpty()) {
        throw new IllegalArgumentException(
            "pickFields: \"%s\" is no field; expected name=path or name:=text".formatted(field));
      }
      String value = field.substring(at + 1).strip();
      if (text) {
        picked.put(name, value);
      } else {
        picked.set(name, value.equals(WHOLE) ? document : at(document, value));
      }
    }
    exchange.getMessage().setBody(picked.toString());
  }

  private static JsonNode at(JsonNode document, String path) {
    JsonNode found = document;
    for (String part : path.split("\\.", -1)) {
      found = found.path(part);
    }
    return found.isMissingNode() ? NullNode.instance : found;
  }

  private JsonNode document(@Nullable Object body) {
    try {
      if (body instanceof byte[] bytes) {
        return json.readTree(bytes);
      }
      return body instanceof String text ? json.readTree(text) : json.valueToTree(body);
    } catch (JsonProcessingException e) {
      // Its message quotes the body.
      throw JsonLimits.refusal(e, "The body is not valid JSON in UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
