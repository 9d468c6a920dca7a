package net.insightpulseai.bridge.realtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import net.insightpulseai.bridge.answer.Answer;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.delivery.ThinMessage;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides whether the message must be sent again in another form, which is then the next request:
 * as a batch if the server has no other endpoint, or thin if the message was too large. Otherwise
 * it removes the variable {@code broadcast}. Each form is tried once, so there are at most three
 * calls.
 */
@Component("reviewBroadcast")
class ReviewBroadcast implements Processor {

  private final PerEventEndpoint endpoint;
  private final BroadcastRequest request;
  private final ThinMessage thinMessage;
  private final RealtimeThrottle throttle;

  ReviewBroadcast(
      PerEventEndpoint endpoint,
      BroadcastRequest request,
      ThinMessage thinMessage,
      RealtimeThrottle throttle) {
    this.endpoint = endpoint;
    this.request = request;
    this.thinMessage = thinMessage;
    this.throttle = throttle;
  }

  @Override
  public void process(Exchange exchange) throws JsonProcessingException {
    Broadcast next = next(Broadcast.of(exchange), exchange);
    if (next == null) {
      exchange.removeVariable(RouteVariables.BROADCAST);
    } else {
      request.put(next, exchange);
    }
  }

  private @Nullable Broadcast next(Broadcast sent, Exchange exchange)
      throws JsonProcessingException {
    Answer answer = Answer.of(exchange);
    if (answer == null) {
      return null;
    }
    if (answer.status() == 429) {
      throttle.slowDown(ClaimedRow.of(exchange).target());
    }
    if (answer.status() == 404 && sent.perEvent()) {
      endpoint.missing();
      return sent.inABatch();
    }
    if (!sent.thin() && RealtimeRules.isTooLarge(answer)) {
      return sent.thin(thinMessage.of(ClaimedRow.of(exchange).payload()));
    }
    return null;
  }
}
