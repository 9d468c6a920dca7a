package net.insightpulseai.bridge.ingest;

import org.jspecify.annotations.Nullable;

/** The idempotency key of an event. */
record EventKey(String source, String eventId) {

  /** Null for an event without an id. */
  static @Nullable EventKey of(Event event) {
    return event.eventId() == null ? null : new EventKey(event.source(), event.eventId());
  }
}
