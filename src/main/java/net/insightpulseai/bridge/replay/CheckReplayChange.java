package net.insightpulseai.bridge.replay;

import java.util.List;
import java.util.Map;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Checks the result of {@code sql/replay/change.sql}: 404, 409 with the status of the replay, or
 * its id as the parameter of the following statements.
 */
@Component("checkReplayChange")
class CheckReplayChange implements Processor {

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    Message message = exchange.getMessage();
    List<?> rows = message.getMandatoryBody(List.class);
    if (rows.isEmpty()) {
      throw PathPart.notFound("There is no replay with this id");
    }
    Map<?, ?> row = (Map<?, ?>) rows.get(0);
    if (!Boolean.TRUE.equals(row.get("changed"))) {
      throw new Refusal(
          409,
          "not_possible",
          "This replay is " + row.get("status") + ", which does not allow this change");
    }
    message.setBody(Map.of("id", row.get("id")));
  }
}
