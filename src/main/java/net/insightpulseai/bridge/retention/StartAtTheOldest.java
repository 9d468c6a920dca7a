package net.insightpulseai.bridge.retention;

import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * Prepares one table's walk from its oldest row. Each step takes the body's values as its
 * parameters and answers with those of the next step, {@code more} saying whether there is one.
 */
@Component("startAtTheOldest")
class StartAtTheOldest implements Processor {

  /** Of 1,000 rows each: what one run may look at, in one table. */
  private static final int STEPS = 1_000;

  private final RetentionSettings settings;

  StartAtTheOldest(RetentionSettings settings) {
    this.settings = settings;
  }

  @Override
  public void process(Exchange exchange) {
    exchange.getMessage().setBody(Map.of("after", 0L, "steps", STEPS, "more", true));
    // As headers, the ages stay the same from step to step.
    exchange.getMessage().setHeader("finished", settings.finished().toSeconds());
    exchange.getMessage().setHeader("eventKeys", settings.eventKeys().toSeconds());
    exchange.getMessage().setHeader("audit", settings.audit().toSeconds());
  }
}
