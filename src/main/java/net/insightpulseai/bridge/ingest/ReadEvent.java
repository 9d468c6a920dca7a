package net.insightpulseai.bridge.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.JsonLimits;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.signature.Audience;
import net.insightpulseai.bridge.tracecontext.TraceContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Turns the bytes of a verified body into an {@link EventRequest}. The route sets the variables
 * {@code source}, the sender, and {@code audience}, for which the body must be signed; {@code
 * signedId} is the request's signed id, if its scheme has one.
 */
@Component("readEvent")
class ReadEvent implements Processor {

  private static final int MAX_PACKED = 100;

  private final ObjectMapper json;
  private final EventReader reader;
  private final UnkeyedEvents unkeyed;

  ReadEvent(@Qualifier("exactJson") ObjectMapper json, EventReader reader, UnkeyedEvents unkeyed) {
    this.json = json;
    this.reader = reader;
    this.unkeyed = unkeyed;
  }

  @Override
  public void process(Exchange exchange) {
    String source = exchange.getVariable(RouteVariables.SOURCE, String.class);
    String audience = exchange.getVariable(RouteVariables.AUDIENCE, String.class);
    String signedId = exchange.getVariable(RouteVariables.SIGNED_ID, String.class);
    EventRequest request =
        read(
            exchange.getMessage().getBody(byte[].class),
            source,
            audience,
            signedId,
            TraceContext.of(exchange));
    if (!request.packed() && request.elements().get(0) instanceof Event event) {
      MDC.put("correlation_id", event.correlationId().toString());
    }
    exchange.getMessage().setBody(request);
  }

  /**
   * Reads a body.
   *
   * @throws Refusal if it is not JSON, or is one event and refused; the events of a pack are
   *     refused one by one
   */
  EventRequest read(
      byte[] body,
      String source,
      String audience,
      @Nullable String signedId,
      @Nullable TraceContext trace) {
    JsonNode document = parse(body);
    Audience.require(document, audience);
    JsonNode events = document.path("events");
    if (!events.isArray() || document.has("event_type")) {
      Event event = reader.read(document, source, signedId, trace);
      return new EventRequest(false, List.of(unkeyed.named(event, document, body, null)));
    }
    if (events.isEmpty() || events.size() > MAX_PACKED) {
      throw new Refusal(
          400,
          "invalid_events",
          "events must hold 1 to " + MAX_PACKED + " events; found " + events.size());
    }
    List<ParsedEvent> elements = new ArrayList<>(events.size());
    for (JsonNode event : events) {
      ParsedEvent parsed = readPacked(event, source, audience, signedId, trace, elements.size());
      elements.add(
          parsed instanceof Event one ? unkeyed.named(one, event, body, elements.size()) : parsed);
    }
    return new EventRequest(true, elements);
  }

  private ParsedEvent readPacked(
      JsonNode event,
      String source,
      String audience,
      @Nullable String signedId,
      @Nullable TraceContext trace,
      int place) {
    try {
      Audience.require(event, audience);
      // The pack's signed id plus the position: the same pack, sent again, is recognized.
      return reader.read(event, source, signedId == null ? null : signedId + "#" + place, trace);
    } catch (Refusal refusal) {
      return new RejectedEvent(refusal);
    }
  }

  private JsonNode parse(byte[] body) {
    try {
      JsonNode document = json.readTree(body);
      if (document.isMissingNode()) {
        throw new Refusal(400, "invalid_json", "The body is empty; expected a JSON object");
      }
      return document;
    } catch (JsonProcessingException e) {
      // Jackson's own message quotes the body.
      throw JsonLimits.refusal(e, "The body is not valid JSON in UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
