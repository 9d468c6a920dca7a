package net.insightpulseai.bridge.ingest;

import java.util.UUID;

/**
 * An event that is committed.
 *
 * @param id of its row in {@code audit_event}
 * @param correlationId of that row
 * @param duplicate it had been stored before; id and correlation id are the first one's
 */
record Stored(long id, UUID correlationId, boolean duplicate) implements EventResult {

  Stored again() {
    return new Stored(id, correlationId, true);
  }
}
