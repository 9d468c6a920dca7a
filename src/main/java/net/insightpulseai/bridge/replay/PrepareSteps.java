package net.insightpulseai.bridge.replay;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Begins a round of steps. Each takes the body's values as its parameters and answers with those of
 * the next, {@code more} saying whether there is one.
 */
@Component("prepareSteps")
class PrepareSteps implements Processor {

  /** What a round may take: a filter that takes next to nothing walks on until then. */
  private static final int STEPS = 100;

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(Map.of("steps", STEPS, "more", true));
  }
}
