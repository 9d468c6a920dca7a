package net.insightpulseai.bridge.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The body of {@code GET /bridge/refusals}. */
@Component("listRefusals")
class ListRefusals implements Processor {

  private final Refusals refusals;

  ListRefusals(Refusals refusals) {
    this.refusals = refusals;
  }

  @Override
  public void process(Exchange exchange) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode list = body.putArray("refusals");
    for (RefusedRequest refused : refusals.latest()) {
      ObjectNode one = list.addObject();
      one.put("time", refused.time().toString());
      one.put("address", refused.address());
      one.put("route", refused.route());
      one.put("reason", refused.reason());
      one.put("status", refused.status());
      one.put("size", refused.size() < 0 ? null : refused.size());
      one.put("body_sha256", refused.bodySha256());
    }
    exchange.getMessage().setBody(body);
  }
}
