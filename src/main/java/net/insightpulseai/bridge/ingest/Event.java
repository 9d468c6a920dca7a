package net.insightpulseai.bridge.ingest;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event as it becomes a row of {@code audit_event}.
 *
 * @param source who says it: {@code odoo} or {@code supabase}
 * @param eventId what it is recognised by when it comes again; without one it never is
 * @param resourceId the record's id as text; empty if it has none
 * @param payload JSON text
 * @param correlationId ties everything together that has one cause
 * @param origin which Odoo database it comes from
 * @param originSeq its number there
 * @param causationId the correlation id of what the bridge did to cause it
 * @param hop how often the bridge has passed this cause on
 * @param meta what else the sender said, as JSON text
 * @param bodySha256 hex hash of what was sent; tells a repetition from another event of the same id
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
