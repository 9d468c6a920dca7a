package net.insightpulseai.bridge.action;

import java.time.Duration;
import net.insightpulseai.bridge.config.RouteVariables;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Waits for the outcome of {@code queuedAction}, at most as long as {@code waitFor}. The body
 * becomes an {@link ActionOutcome}, or null while the action is open.
 */
@Component("awaitOutcome")
class AwaitOutcome implements Processor {

  private final ActionWaits waits;

  AwaitOutcome(ActionWaits waits) {
    this.waits = waits;
  }

  @Override
  public void process(Exchange exchange) throws InterruptedException {
    QueuedAction action = exchange.getVariable(RouteVariables.QUEUED_ACTION, QueuedAction.class);
    Duration wait = exchange.getVariable(RouteVariables.WAIT_FOR, Duration.class);
    exchange.getMessage().setBody(waits.await(action.id(), wait));
  }
}
