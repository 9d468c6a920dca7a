package net.insightpulseai.bridge.retention;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Prepares the pass over one table, from its oldest row. Each step takes its parameters from the
 * body and returns those of the next step; {@code more} is whether there is one.
 */
@Component("startAtTheOldest")
class StartAtTheOldest implements Processor {

  /** The most steps in one run per table, of 1,000 rows each. */
  private static final int STEPS = 1_000;

  private final RetentionSettings settings;

  StartAtTheOldest(RetentionSettings settings) {
    this.settings = settings;
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(Map.of("after", 0L, "steps", STEPS, "more", true));
    // As headers, because they stay the same for all steps.
    exchange.getMessage().setHeader("finished", settings.finished().toSeconds());
    exchange.getMessage().setHeader("eventKeys", settings.eventKeys().toSeconds());
    exchange.getMessage().setHeader("audit", settings.audit().toSeconds());
  }
}
