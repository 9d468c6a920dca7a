package net.insightpulseai.bridge.cursor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event for a subscriber.
 *
 * @param position right behind it
 * @param lane its record, as {@code res.partner:7}: what has one lane must stay in order; empty
 *     where there is no record
 * @param company the id of its company in Odoo
 * @param hop how often its cause has passed the bridge
 * @param traceparent W3C Trace Context of what caused it
 * @param message the JSON that a webhook would get, at most 16 MiB; where that cannot be written,
 *     or is larger, without its content
 */
public record OrderedEvent(
    Position position,
    long id,
    String lane,
    @Nullable String company,
    String eventType,
    String source,
    @Nullable String resourceId,
    @Nullable String correlationId,
    int hop,
    Instant createdAt,
    @Nullable String traceparent,
    @Nullable String tracestate,
    String message) {

  /** Without its content: events may hold personal data. */
  @Override
  public String toString() {
    return "OrderedEvent[" + id + ", " + eventType + "]";
  }
}
