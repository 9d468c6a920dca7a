package net.insightpulseai.bridge.subscriber;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import net.insightpulseai.bridge.http.Operator;
import org.jspecify.annotations.Nullable;

/**
 * A deletion in progress. The subscriber's queue is discarded a few thousand rows at a time.
 *
 * @param key which subscriber
 * @param discard whether waiting deliveries may be discarded
 * @param until when to leave the rest to the next request
 * @param discarded how many deliveries they discarded
 * @param resolved how many dead letters they closed
 * @param last whether the next statement is the last of this request
 * @param unfinished whether another statement is needed, and may run
 */
public record SubscriberDeletion(
    Map<String, @Nullable Object> key,
    boolean discard,
    Operator operator,
    Instant until,
    long discarded,
    long resolved,
    boolean last,
    boolean unfinished) {

  // A request has a minute, and the last statement may take half of it. The rest is for the next
  // request.
  private static final Duration MOST_TIME = Duration.ofSeconds(20);

  static SubscriberDeletion begun(
      Map<String, @Nullable Object> key, boolean discard, Operator operator) {
    return new SubscriberDeletion(
        key, discard, operator, Instant.now().plus(MOST_TIME), 0, 0, false, true);
  }

  SubscriberDeletion after(SubscriberRow row) {
    return new SubscriberDeletion(
        key,
        discard,
        operator,
        until,
        discarded + row.number("discarded"),
        resolved + row.number("resolved"),
        Instant.now().isAfter(until),
        row.text("word").equals("unfinished") && !last);
  }

  /** Parameters of {@code sql/subscriber/delete.sql}; the route sets them as the body. */
  public Map<String, @Nullable Object> parameters() {
    Map<String, @Nullable Object> parameters = new HashMap<>(key);
    parameters.put("discard", discard);
    parameters.put("who", operator.who());
    parameters.put("why", operator.why());
    parameters.put("discarded", discarded);
    parameters.put("resolved", resolved);
    parameters.put("last", last);
    return parameters;
  }
}
