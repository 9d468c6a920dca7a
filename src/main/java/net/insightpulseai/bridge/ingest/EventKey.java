package net.insightpulseai.bridge.ingest;

import org.jspecify.annotations.Nullable;

/** What an event is recognised by. */
record EventKey(String source, String eventId) {

  /** Null for an event without an id. */
  static @Nullable EventKey of(Event event) {
    return event.eventId() == null ? null : new EventKey(event.source(), event.eventId());
  }
}
