package net.insightpulseai.bridge.kafka;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.tracecontext.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a record say of its event.
 *
 * @param id the idempotency key, as in the header of a webhook
 * @param lane its record, as {@code res.partner:7}; empty where there is none
 * @param createdAt when it was stored
 */
record EventHeaders(
    String id,
    @Nullable String correlationId,
    String eventType,
    String lane,
    @Nullable Instant createdAt,
    @Nullable TraceContext trace) {

  /** The idempotency key, as in the header of a webhook. */
  static final String ID = "webhook-id";

  private static final String CLOUD_EVENT = "ce_";

  /**
   * The headers by name, in their order.
   *
   * @param format CLOUDEVENTS also has those of the binary content mode of CloudEvents 1.0
   * @param source the attribute {@code source} of CloudEvents, a URI reference
   */
  Map<String, String> of(Subscriber.Format format, String source) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(ID, id);
    put(headers, "correlation_id", correlationId);
    headers.put("event_type", eventType);
    traceTo(headers, "");
    if (format == Subscriber.Format.CLOUDEVENTS) {
      headers.put("content-type", "application/json");
      headers.put(CLOUD_EVENT + "specversion", "1.0");
      headers.put(CLOUD_EVENT + "id", id);
      headers.put(CLOUD_EVENT + "source", source);
      headers.put(CLOUD_EVENT + "type", eventType);
      put(headers, CLOUD_EVENT + "subject", lane.isEmpty() ? null : lane);
      put(headers, CLOUD_EVENT + "time", createdAt == null ? null : createdAt.toString());
      put(headers, CLOUD_EVENT + "correlationid", correlationId);
      traceTo(headers, CLOUD_EVENT);
    }
    return headers;
  }

  private void traceTo(Map<String, String> headers, String prefix) {
    if (trace != null) {
      headers.put(prefix + TraceContext.TRACEPARENT, trace.traceparent());
      put(headers, prefix + TraceContext.TRACESTATE, trace.tracestate());
    }
  }

  private static void put(Map<String, String> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }
}
