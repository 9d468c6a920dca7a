package net.insightpulseai.bridge.subscriber;

import java.util.HashMap;
import java.util.Map;
import net.insightpulseai.bridge.http.Operator;
import org.jspecify.annotations.Nullable;

/**
 * A deletion in progress. The subscriber's queue is discarded a few thousand rows at a time.
 *
 * @param key which subscriber
 * @param discard whether waiting deliveries may be discarded
 * @param steps how many statements have run
 * @param discarded how many deliveries they discarded
 * @param resolved how many dead letters they closed
 * @param unfinished whether another statement is needed, and may run
 */
public record SubscriberDeletion(
    Map<String, @Nullable Object> key,
    boolean discard,
    Operator operator,
    int steps,
    long discarded,
    long resolved,
    boolean unfinished) {

  // A request has a minute; the rest is for the next one.
  private static final int MOST_STEPS = 20;

  static SubscriberDeletion begun(
      Map<String, @Nullable Object> key, boolean discard, Operator operator) {
    return new SubscriberDeletion(key, discard, operator, 0, 0, 0, true);
  }

  SubscriberDeletion after(SubscriberRow row) {
    return new SubscriberDeletion(
        key,
        discard,
        operator,
        steps + 1,
        discarded + row.number("discarded"),
        resolved + row.number("resolved"),
        row.text("word").equals("unfinished") && steps + 1 < MOST_STEPS);
  }

  /** Parameters of {@code sql/subscriber/delete.sql}; the route sets them as the body. */
  public Map<String, @Nullable Object> parameters() {
    Map<String, @Nullable Object> parameters = new HashMap<>(key);
    parameters.put("discard", discard);
    parameters.put("who", operator.who());
    parameters.put("why", operator.why());
    parameters.put("discarded", discarded);
    parameters.put("resolved", resolved);
    parameters.put("last", steps + 1 == MOST_STEPS);
    return parameters;
  }
}
