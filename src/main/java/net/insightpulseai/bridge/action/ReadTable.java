package net.insightpulseai.bridge.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.signature.Audience;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * The body of a Database Webhook in; out comes the table's name with its schema. Its record is not
 * looked at: who can reach this address could have made it up.
 */
@Component("readTable")
class ReadTable implements Processor {

  private final ObjectMapper json;

  ReadTable(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    JsonNode body = parse(exchange.getMessage().getBody(byte[].class));
    Audience.require(body, Audience.WEBHOOK);
    JsonNode table = body.path("table");
    if (!table.isTextual()) {
      throw new Refusal(
          400,
          "missing_table",
          "The body has no table; expected a Database Webhook's {type, table, schema, record, old_record}");
    }
    exchange.getMessage().setBody(body.path("schema").asText("public") + "." + table.textValue());
  }

  private JsonNode parse(byte[] body) {
    try {
      return json.readTree(body);
    } catch (IOException e) {
      throw new Refusal(400, "invalid_json", "The body is not valid JSON; expected one object");
    }
  }
}
