package net.insightpulseai.bridge.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.BodyFields;
import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.signature.Audience;
import net.insightpulseai.bridge.signature.BodyTimestamp;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * A body with {@code event_type} is that of the original contract: an event to store, which stays
 * as it is. Any other selects stored events: it becomes the variable {@code replay}, and its
 * parameters the body.
 */
@Component("readReplay")
class ReadReplay implements Processor {

  private static final Set<String> FIELDS =
      Stream.concat(
              Selection.FIELDS.stream(),
              Stream.of("subscriber", "rate", "who", "why", "dry_run", "audience", "timestamp"))
          .collect(Collectors.toUnmodifiableSet());

  /** None of these is a field of an event, so a body with one is a selection. */
  private static final List<String> NOT_OF_AN_EVENT =
      List.of("since", "until", "event_types", "record", "dry_run");

  private final ObjectMapper json;
  private final ReplaySettings settings;
  private final BodyTimestamp timestamp;

  ReadReplay(
      @Qualifier("exactJson") ObjectMapper json, ReplaySettings settings, BodyTimestamp timestamp) {
    this.json = json;
    this.settings = settings;
    this.timestamp = timestamp;
  }

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    BodyFields fields = BodyFields.of(message.getBody(byte[].class), json);
    Audience.require(fields.object(), Audience.REPLAY);
    timestamp.require(fields.object());
    if (fields.object().has("event_type")) {
      refuseBoth(fields);
      return;
    }
    ReplayRequest request = read(fields);
    exchange.setVariable(RouteVariables.REPLAY, request);
    message.setBody(request.parameters());
  }

  private static void refuseBoth(BodyFields fields) {
    for (String name : NOT_OF_AN_EVENT) {
      if (fields.value(name) != null) {
        throw new Refusal(
            400,
            "invalid_selection",
            "event_type stores a new event and "
                + name
                + " selects stored ones; send one of the two. To select by type, use event_types");
      }
    }
  }

  private ReplayRequest read(BodyFields fields) {
    fields.refuseOthers(FIELDS);
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("filter", Selection.of(fields).toString());
    String subscriber = putSubscriber(fields, parameters);
    Integer rate = fields.whole("rate", 1, settings.maxRate());
    parameters.put("rate", rate == null ? settings.rate() : rate);
    boolean dryRun = !Boolean.FALSE.equals(fields.flag("dry_run"));
    parameters.put("dry_run", dryRun);
    Operator operator = dryRun ? null : Operator.of(fields);
    parameters.put("who", operator == null ? null : operator.who());
    parameters.put("why", operator == null ? null : operator.why());
    return new ReplayRequest(parameters, dryRun, subscriber);
  }

  /** A number is an id, a text is a name. */
  private static @Nullable String putSubscriber(
      BodyFields fields, Map<String, @Nullable Object> parameters) {
    JsonNode given = fields.value("subscriber");
    boolean number = given != null && given.isIntegralNumber() && given.canConvertToLong();
    boolean name = given != null && given.isTextual() && !given.textValue().isBlank();
    if (given != null && !number && !name) {
      throw BodyFields.bad("subscriber", "the id of a subscriber, or its name");
    }
    parameters.put("subscriber_id", number && given != null ? given.longValue() : null);
    parameters.put("subscriber_name", name ? fields.text("subscriber", 200) : null);
    return given == null ? null : given.asText();
  }
}
