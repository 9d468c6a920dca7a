package net.insightpulseai.bridge.retention;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/**
 * A pass over one table, from its oldest row on. Each step takes its parameters from the body and
 * returns those of the next step; {@code more} is whether there is one. A run that has done all its
 * steps leaves the rest to the next one: rows that must stay never hide those behind them.
 */
@Component("retentionPass")
public class RetentionPass {

  /** The most steps in one run per table, of 1,000 rows each. */
  private static final int STEPS = 1_000;

  private static final Long OLDEST = 0L;

  private final RetentionSettings settings;
  private final Map<String, Object> reached = new ConcurrentHashMap<>();

  RetentionPass(RetentionSettings settings) {
    this.settings = settings;
  }

  /**
   * Prepares the first step over a table: where the last run ended, or at the oldest row. There is
   * none if the body is false: then it is not allowed.
   */
  public void begin(Exchange exchange, String table) {
    // A statement with one column gives its value, not a map.
    boolean refused = Boolean.FALSE.equals(exchange.getMessage().getBody());
    exchange
        .getMessage()
        .setBody(
            Map.of("after", reached.getOrDefault(table, OLDEST), "steps", STEPS, "more", !refused));
    // As headers, because they stay the same for all steps.
    exchange.getMessage().setHeader("finished", settings.finished().toSeconds());
    exchange.getMessage().setHeader("eventKeys", settings.eventKeys().toSeconds());
    exchange.getMessage().setHeader("audit", settings.audit().toSeconds());
  }

  /** Keeps how far the steps came; 0 is the end of the table, and the next run begins anew. */
  public void end(Exchange exchange, String table) {
    Map<?, ?> last = exchange.getMessage().getBody(Map.class);
    Object after = last == null ? null : last.get("after");
    reached.put(table, after instanceof Number ? after : OLDEST);
  }
}
