package net.insightpulseai.bridge.ingest;

import java.util.List;

/**
 * The body of one request.
 *
 * @param packed whether it is {@code {"events":[…]}}, which is answered with one outcome each
 * @param elements in the order of the request; exactly one if not packed
 */
record EventRequest(boolean packed, List<ParsedEvent> elements) {

  List<Event> events() {
    return elements.stream().filter(Event.class::isInstance).map(Event.class::cast).toList();
  }
}
