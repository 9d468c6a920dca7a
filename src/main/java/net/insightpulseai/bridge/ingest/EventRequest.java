package net.insightpulseai.bridge.ingest;

import java.util.List;

/**
 * The body of one request.
 *
 * @param packed it came as {@code {"events":[…]}} and is answered with an outcome each
 * @param readings in the order of the request; exactly one if not packed
 */
record EventRequest(boolean packed, List<ParsedEvent> readings) {

  List<Event> events() {
    return readings.stream().filter(Event.class::isInstance).map(Event.class::cast).toList();
  }
}
