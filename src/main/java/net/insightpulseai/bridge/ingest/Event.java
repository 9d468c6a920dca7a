package net.insightpulseai.bridge.ingest;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event as it becomes a row of {@code audit_event}.
 *
 * @param source the sender: {@code odoo} or {@code supabase}
 * @param eventId the idempotency key, the sender's or one made of the request's bytes; without one
 *     a repetition is stored again
 * @param resourceId the record's id as text; empty if it has none
 * @param payload JSON text
 * @param correlationId the same for everything that has one cause
 * @param origin the Odoo database that it comes from
 * @param originSeq its sequence number there
 * @param causationId the correlation id of what the bridge did to cause it
 * @param hop how often the bridge has passed this cause on
 * @param meta the other known fields, as JSON text
 * @param repeatWithin how long a repetition counts as one; null: as long as the ledger keeps keys
 * @param bodySha256 hex hash of the body; shows whether two events with the same id are the same
 */
record Event(
    String source,
    @Nullable String eventId,
    String eventType,
    String resourceId,
    String payload,
    UUID correlationId,
    @Nullable OffsetDateTime occurredAt,
    @Nullable String origin,
    @Nullable Long originSeq,
    @Nullable String causationId,
    int hop,
    @Nullable String meta,
    @Nullable Duration repeatWithin,
    String bodySha256)
    implements ParsedEvent {

  /** The same event under a key that its sender did not give it. */
  Event withKey(String key, @Nullable Duration within) {
    return new Event(
        source,
        key,
        eventType,
        resourceId,
        payload,
        correlationId,
        occurredAt,
        origin,
        originSeq,
        causationId,
        hop,
        meta,
        within,
        bodySha256);
  }

  boolean hasSameBodyAs(Event other) {
    return bodySha256.equals(other.bodySha256);
  }
}
