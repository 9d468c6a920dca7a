package net.insightpulseai.bridge.ingest;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event as it becomes a row of {@code audit_event}.
 *
 * @param source the sender: {@code odoo} or {@code supabase}
 * @param eventId the idempotency key; without one a repetition is stored again
 * @param resourceId the record's id as text; empty if it has none
 * @param payload JSON text
 * @param correlationId the same for everything that has one cause
 * @param origin the Odoo database that it comes from
 * @param originSeq its sequence number there
 * @param causationId the correlation id of what the bridge did to cause it
 * @param hop how often the bridge has passed this cause on
 * @param meta the other known fields, as JSON text
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
    String bodySha256)
    implements ParsedEvent {

  boolean hasSameBodyAs(Event other) {
    return bodySha256.equals(other.bodySha256);
  }
}
