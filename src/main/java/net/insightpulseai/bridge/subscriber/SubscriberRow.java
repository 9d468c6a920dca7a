package net.insightpulseai.bridge.subscriber;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The row that a statement about one subscriber returned. */
public record SubscriberRow(Map<?, ?> columns) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * The only row of the message's body.
   *
   * @throws Refusal 404 if there is none
   */
  public static SubscriberRow of(Exchange exchange) {
    if (exchange.getMessage().getBody() instanceof List<?> rows
        && !rows.isEmpty()
        && rows.get(0) instanceof Map<?, ?> columns) {
      return new SubscriberRow(columns);
    }
    throw PathPart.notFound("There is no subscriber with this id or name");
  }

  /** Of the payload only these fields go out; null: all. */
  public @Nullable List<String> fields() {
    try {
      return DefinitionJson.read(new BodyFields((ObjectNode) JSON.readTree(text("line")))).fields();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("bridge.subscriber_line.line is no JSON", e);
    }
  }

  String text(String column) {
    return String.valueOf(columns.get(column));
  }

  public long number(String column) {
    return columns.get(column) instanceof Number number ? number.longValue() : 0;
  }

  /**
   * Refuses a change of what application.yaml defines.
   *
   * @throws Refusal 409
   */
  SubscriberRow requireOwnedByApi() {
    if (text("owner").equals("file")) {
      throw ownedByFile();
    }
    return this;
  }

  static Refusal ownedByFile() {
    return new Refusal(
        409,
        "owned_by_file",
        "This subscriber is defined in application.yaml, under bridge.subscribers: change it there and"
            + " restart; the API can only pause, resume and test it");
  }
}
