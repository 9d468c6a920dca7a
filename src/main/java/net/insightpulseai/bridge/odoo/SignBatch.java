package net.insightpulseai.bridge.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.RowBatch;
import net.insightpulseai.bridge.signature.Audience;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Builds one signed request from several actions, by ascending id. */
@Component("signBatch")
class SignBatch implements Processor {

  private final SignedCall call;
  private final ApplyBody action;
  private final ObjectMapper json;

  SignBatch(SignedCall call, @Qualifier("exactJson") ObjectMapper json) {
    this.call = call;
    this.action = new ApplyBody(json);
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) throws JsonProcessingException {
    ObjectNode request = json.createObjectNode();
    ArrayNode actions = request.putArray("actions");
    for (ClaimedRow row : RowBatch.of(exchange).rows()) {
      actions.add(action.of(action.read(row.payload()), row));
    }
    call.put(call.addressed(request, Audience.ODOO_APPLY), exchange.getMessage());
  }
}
