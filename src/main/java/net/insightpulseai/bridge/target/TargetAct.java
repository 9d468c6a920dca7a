package net.insightpulseai.bridge.target;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;

/**
 * What an operator does with the target of {@code /bridge/targets/{id}/…}.
 *
 * @param target odoo, or subscriber: and an id
 */
record TargetAct(String target, Operator operator) {

  /**
   * Reads the path, and the body {@code {"who","why"}}.
   *
   * @throws Refusal 400 unless both are there
   */
  static TargetAct of(Exchange exchange, ObjectMapper json) {
    BodyFields fields = BodyFields.of(exchange.getMessage().getBody(byte[].class), json);
    fields.refuseOthers(Set.of("who", "why"));
    return new TargetAct(PathPart.text(exchange, 2), Operator.of(fields));
  }

  /** The parameters of the look-up that follows. */
  void lookUpNext(Exchange exchange) {
    exchange.getMessage().setBody(Map.of("target", target));
  }

  static Refusal unknown() {
    return PathPart.notFound(
        "There is no target with this name; expected odoo, or subscriber: and an id");
  }
}
