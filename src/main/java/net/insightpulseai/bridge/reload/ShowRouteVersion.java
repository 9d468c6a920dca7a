package net.insightpulseai.bridge.reload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.http.Query;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Answers with one version of the routes, and with what is different from the one before, or from
 * the one that {@code against} names.
 */
@Component("showRouteVersion")
class ShowRouteVersion implements Processor {

  private final Rollback rollback;

  ShowRouteVersion(Rollback rollback) {
    this.rollback = rollback;
  }

  @Override
  public void process(Exchange exchange) {
    Long against = Query.of(exchange, Set.of("against")).number("against");
    Rollback.Compared compared = rollback.compare(PathPart.id(exchange), against);
    ObjectNode answer = VersionJson.object().put("ok", true);
    answer.set("version", VersionJson.of(compared.version()));
    VersionJson.answer(
        exchange, answer.put("against", compared.against()).put("diff", compared.patch()));
  }
}
