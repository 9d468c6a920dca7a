package net.insightpulseai.bridge.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import net.insightpulseai.bridge.http.Refusal;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** The answer to the sender. */
@Component
class EventAnswer {

  private final ObjectMapper json;

  EventAnswer(@Qualifier("exactJson") ObjectMapper json) {
    this.json = json;
  }

  /**
   * The answer of status 200: one outcome, or for a pack {@code {"ok","results":[…]}} with an
   * outcome each.
   *
   * @param results of the request's events, in their order
   * @throws Refusal of the single event; of a pack only if nothing of it could be stored for now,
   *     so that a sender that looks at the status alone sends it again
   */
  JsonNode of(EventRequest request, List<EventResult> results) {
    if (!request.packed()) {
      return outcome(request.events().get(0), results.get(0));
    }
    if (!results.isEmpty() && results.stream().allMatch(EventAnswer::isTemporary)) {
      throw ((RejectedEvent) results.get(0)).refusal();
    }
    ObjectNode answer = json.createObjectNode().put("ok", true);
    ArrayNode outcomes = answer.putArray("results");
    Iterator<EventResult> result = results.iterator();
    for (ParsedEvent element : request.elements()) {
      ObjectNode outcome =
          element instanceof Event event
              ? packedOutcome(event, result.next())
              : refusal(((RejectedEvent) element).refusal());
      outcomes.add(outcome);
      if (!outcome.get("ok").booleanValue()) {
        answer.put("ok", false);
      }
    }
    return answer;
  }

  private ObjectNode packedOutcome(Event event, EventResult result) {
    return result instanceof RejectedEvent rejected
        ? refusal(rejected.refusal())
        : outcome(event, result);
  }

  private ObjectNode outcome(Event event, EventResult result) {
    if (result instanceof RejectedEvent rejected) {
      throw rejected.refusal();
    }
    Stored stored = (Stored) result;
    return json.createObjectNode()
        .put("ok", true)
        .put("event_type", event.eventType())
        .put("id", stored.id())
        .put("correlation_id", stored.correlationId().toString())
        .put("duplicate", stored.duplicate());
  }

  private ObjectNode refusal(Refusal why) {
    return json.createObjectNode()
        .put("ok", false)
        .put("status", why.status())
        .put("code", why.code())
        .put("message", why.getMessage());
  }

  private static boolean isTemporary(EventResult result) {
    return result instanceof RejectedEvent rejected && rejected.isTemporary();
  }
}
