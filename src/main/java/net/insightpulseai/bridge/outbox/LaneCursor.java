package net.insightpulseai.bridge.outbox;

/**
 * How far a walk through the lanes of a target has come.
 *
 * @param after the lane after which it goes on
 * @param until the last row there was when it began, whose successors are left to the next one; 0:
 *     it begins now
 */
record LaneCursor(String after, long until) {

  static final LaneCursor START = new LaneCursor("", 0);

  boolean atStart() {
    return after.isEmpty();
  }
}
