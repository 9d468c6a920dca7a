package net.insightpulseai.bridge.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.PathPart;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Id and act of {@code /bridge/replays/{id}/pause|resume|cancel}, with the operator and the reason,
 * become the parameters of {@code sql/replay/change.sql}.
 */
@Component("readReplayChange")
class ReadReplayChange implements Processor {

  private static final Map<String, String> STATUS_AFTER =
      Map.of("pause", "paused", "resume", "running", "cancel", "cancelled");

  private final ObjectMapper json;

  ReadReplayChange(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    BodyFields fields = BodyFields.of(message.getBody(byte[].class), json);
    fields.refuseOthers(Set.of("who", "why"));
    Operator operator = Operator.of(fields);
    String status = STATUS_AFTER.get(PathPart.text(exchange, 3));
    if (status == null) {
      throw PathPart.notFound("There is nothing at this address");
    }
    message.setBody(
        Map.of(
            "id", PathPart.id(exchange),
            "status", status,
            "who", operator.who(),
            "why", operator.why()));
  }
}
