package net.insightpulseai.bridge.cursor;

/**
 * Restored events were found since a position was made. {@link SubscriberPositions} has moved those
 * that it keeps: take it from there again.
 */
public final class PositionOutdated extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PositionOutdated() {
    super("restored events were found since this position was made", null, false, false);
  }
}
