package net.insightpulseai.bridge.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import net.insightpulseai.bridge.http.JsonLimits;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Which action to cancel, and in whose name: the body may be {@code {"by":"name"}}. Both become the
 * parameters of {@code sql/action/cancel.sql}.
 */
@Component("readCancel")
class ReadCancel implements Processor {

  private static final String UNNAMED = "a caller with service access";
  private static final int LONGEST = 200;

  private final ObjectMapper json;

  ReadCancel(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    byte[] body = exchange.getMessage().getBody(byte[].class);
    exchange
        .getMessage()
        .setBody(Map.of("id", PathPart.id(exchange), "by", by(body == null ? new byte[0] : body)));
  }

  private String by(byte[] body) {
    JsonNode by;
    try {
      by = json.readTree(body).path("by");
    } catch (IOException e) {
      throw JsonLimits.refusal(
          e, "The body is not valid JSON; expected {\"by\":\"your name\"} or no body");
    }
    if (by.isMissingNode() || by.isNull()) {
      return UNNAMED;
    }
    String name = by.asText();
    if (!by.isTextual()
        || name.isBlank()
        || name.length() > LONGEST
        || name.indexOf('\0') >= 0
        || !UTF_8.newEncoder().canEncode(name)) {
      throw new Refusal(
          400, "invalid_by", "by must be a name of at most " + LONGEST + " characters");
    }
    return name;
  }
}
