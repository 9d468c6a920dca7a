package net.insightpulseai.bridge.reload;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Lifts the pin, and answers with what runs here then. */
@Component("unpinRoutes")
class UnpinRoutes implements Processor {

  private final RouteReload reload;
  private final Rollback rollback;
  private final ObjectMapper json;

  UnpinRoutes(RouteReload reload, Rollback rollback, @Qualifier("exactJson") ObjectMapper json) {
    this.reload = reload;
    this.rollback = rollback;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    BodyFields fields = BodyFields.of(exchange.getMessage().getBody(byte[].class), json);
    fields.refuseOthers(Set.of("who", "why"));
    rollback.unpin(Operator.of(fields));
    ObjectNode answer = VersionJson.object().put("ok", true);
    answer.set("running", VersionJson.of(reload.running()));
    VersionJson.answer(exchange, answer);
  }
}
