package net.insightpulseai.bridge.incident;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Answers with the incidents that are not closed, each with its link if the console is known. */
@Component("writeIncidents")
class WriteIncidents implements Processor {

  private final IncidentSettings settings;
  private final ObjectMapper json;

  WriteIncidents(IncidentSettings settings, @Qualifier("exactJson") ObjectMapper json) {
    this.settings = settings;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException, JsonProcessingException {
    Message message = exchange.getMessage();
    ObjectNode answer = json.createObjectNode().put("ok", true);
    ArrayNode incidents = answer.putArray("incidents");
    for (Object row : message.getMandatoryBody(List.class)) {
      ObjectNode incident =
          (ObjectNode) json.readTree(String.valueOf(((Map<?, ?>) row).get("line")));
      String pages = settings.pages();
      incident.put(
          "link", pages.isEmpty() ? null : pages + "/bridge/" + incident.path("page").asText());
      incidents.add(incident);
    }
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(answer.toString().getBytes(UTF_8));
  }
}
