package net.insightpulseai.bridge.lookup;

import static java.nio.charset.StandardCharsets.UTF_8;

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
 * Answers the result of {@code sql/action/cancel.sql}: cancelled, 404, or 409 with the status of
 * the action.
 */
@Component("writeCancel")
class WriteCancel implements Processor {

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    Message message = exchange.getMessage();
    List<?> rows = message.getMandatoryBody(List.class);
    if (rows.isEmpty()) {
      throw PathPart.notFound("There is no action with this id");
    }
    Map<?, ?> row = (Map<?, ?>) rows.get(0);
    if (!Boolean.TRUE.equals(row.get("cancelled"))) {
      throw new Refusal(
          409,
          "not_queued",
          "Only a queued action can be cancelled; this one is " + row.get("status"));
    }
    String text =
        "{\"ok\":true,\"id\":%s,\"status\":\"error\",\"correlation_id\":\"%s\"}"
            .formatted(row.get("id"), row.get("correlation_id"));
    message.setHeader(Exchange.CONTENT_TYPE, Format.JSON.contentType());
    message.setBody(text.getBytes(UTF_8));
  }
}
