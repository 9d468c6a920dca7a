package net.insightpulseai.bridge.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gives events without an id one that is made of the request's bytes, so that a request that is
 * sent again is recognized. An event that says when it happened, or its number, is the same only if
 * it was sent again. One that says neither may have happened twice: it counts as one only for the
 * time of the setting.
 */
@Component
class UnkeyedEvents {

  private static final String PREFIX = "body:";

  private final @Nullable Duration window;

  UnkeyedEvents(IngestSettings settings) {
    this.window = settings.dedupeUnkeyed().isZero() ? null : settings.dedupeUnkeyed();
  }

  /**
   * The event with an id.
   *
   * @param body the event's JSON
   * @param request the bytes that were signed
   * @param place of the event in a pack, as a pack may hold equal events; null if it is alone
   * @return the same event if it has an id, or if each of its kind counts
   */
  Event named(Event event, JsonNode body, byte[] request, @Nullable Integer place) {
    if (event.eventId() != null) {
      return event;
    }
    boolean dated = saysWhen(event, body);
    if (!dated && window == null) {
      return event;
    }
    String id = PREFIX + sha256(request) + (place == null ? "" : "#" + place);
    return event.withKey(id, dated ? null : window);
  }

  private static boolean saysWhen(Event event, JsonNode body) {
    return event.occurredAt() != null
        || event.originSeq() != null
        || body.path("timestamp").isNumber();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
