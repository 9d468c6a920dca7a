package net.insightpulseai.bridge.reload;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.PathPart;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Pins the version that the path names, and answers with the patch for the folder. */
@Component("rollBackRoutes")
class RollBackRoutes implements Processor {

  private final Rollback rollback;
  private final ObjectMapper json;

  RollBackRoutes(Rollback rollback, @Qualifier("exactJson") ObjectMapper json) {
    this.rollback = rollback;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    BodyFields fields = BodyFields.of(exchange.getMessage().getBody(byte[].class), json);
    fields.refuseOthers(Set.of("who", "why"));
    Rollback.Done done = rollback.to(PathPart.id(exchange), Operator.of(fields));
    ObjectNode answer = VersionJson.object().put("ok", true);
    answer.set("pin", VersionJson.of(done.pin()));
    VersionJson.answer(exchange, answer.put("patch", done.patch()));
  }
}
