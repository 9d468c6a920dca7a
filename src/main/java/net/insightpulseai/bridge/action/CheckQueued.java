package net.insightpulseai.bridge.action;

import java.util.Map;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Processor;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;

/**
 * The row that {@code sql/action/enqueue.sql} returned becomes the variable {@code queuedAction},
 * unless its key was used for another action.
 */
@Component("checkQueued")
class CheckQueued implements Processor {

  @Override
  public void process(Exchange exchange) throws InvalidPayloadException {
    Map<?, ?> row = exchange.getMessage().getMandatoryBody(Map.class);
    QueuedAction action = queued(row);
    if (!Boolean.TRUE.equals(row.get("same"))) {
      throw new Refusal(
          409,
          "idempotency_key_reused",
          "idempotency_key was already used for another action or other args, see "
              + action.location()
              + "; use a new key");
    }
    MDC.put("correlation_id", action.correlationId());
    exchange.setVariable(RouteVariables.QUEUED_ACTION, action);
  }

  private static QueuedAction queued(Map<?, ?> row) {
    if (row.get("id") instanceof Long id && row.get("correlation_id") instanceof String uuid) {
      return new QueuedAction(id, uuid);
    }
    throw new IllegalStateException("sql/action/enqueue.sql returned no row");
  }
}
