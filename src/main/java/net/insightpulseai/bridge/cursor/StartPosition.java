package net.insightpulseai.bridge.cursor;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where a reader is to begin or go on, as callers say it. */
@Component
public class StartPosition {

  /** What callers may say, for an error. */
  public static final String EXPECTED = "beginning, now, or the id of the first event";

  private final EventOrder order;

  StartPosition(EventOrder order) {
    this.order = order;
  }

  /**
   * The position that is meant now.
   *
   * @param said {@code beginning}, {@code now}, or the id of the first event
   * @return null if it is none of these
   */
  public @Nullable Position of(@Nullable JsonNode said) {
    if (said == null) {
      return null;
    }
    if (said.isIntegralNumber() && said.canConvertToLong() && said.longValue() > 0) {
      return order.from(said.longValue());
    }
    if ("beginning".equals(said.textValue())) {
      return order.beginning();
    }
    return "now".equals(said.textValue()) ? order.now() : null;
  }
}
