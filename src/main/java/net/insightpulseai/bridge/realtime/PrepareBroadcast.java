package net.insightpulseai.bridge.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.insightpulseai.bridge.answer.NotConfigured;
import net.insightpulseai.bridge.answer.Unsendable;
import net.insightpulseai.bridge.delivery.ThinMessage;
import net.insightpulseai.bridge.delivery.Topic;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Prepares the first call of a delivery: to the endpoint for single events, if the server has it.
 */
@Component("prepareBroadcast")
class PrepareBroadcast implements Processor {

  private final RealtimeAccess access;
  private final RealtimeSettings settings;
  private final PerEventEndpoint endpoint;
  private final BroadcastRequest request;
  private final ThinMessage thinMessage;
  private final ObjectMapper json;

  PrepareBroadcast(
      RealtimeAccess access,
      RealtimeSettings settings,
      PerEventEndpoint endpoint,
      BroadcastRequest request,
      ThinMessage thinMessage,
      @Qualifier("exactJson") ObjectMapper json) {
    this.access = access;
    this.settings = settings;
    this.endpoint = endpoint;
    this.request = request;
    this.thinMessage = thinMessage;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) throws JsonProcessingException {
    String missing = access.missing();
    if (missing != null) {
      throw new NotConfigured(missing);
    }
    Subscriber subscriber = Subscriber.of(exchange);
    String message = ClaimedRow.of(exchange).payload();
    JsonNode event = read(message);
    String topic = Topic.of(subscriber.topic(), event);
    String name = event.path("event_type").textValue();
    boolean perEvent = endpoint.offered() && Broadcast.fitsAPath(topic, name);
    Broadcast full = new Broadcast(topic, name, message, false, perEvent);
    boolean thin = subscriber.format() == Subscriber.Format.THIN || isTooLarge(message);
    request.put(thin ? full.thin(thinMessage.of(message)) : full, exchange);
  }

  private boolean isTooLarge(String message) {
    // Most messages are far below the limit, whatever their characters.
    return message.length() * 3L > settings.payloadBytes()
        && message.getBytes(UTF_8).length > settings.payloadBytes();
  }

  private JsonNode read(String message) {
    JsonNode event;
    try {
      event = json.readTree(message);
    } catch (JsonProcessingException e) {
      // Its message would quote the text.
      throw new Unsendable("the event cannot be read: " + e.getClass().getSimpleName());
    }
    if (!event.path("event_type").isTextual()) {
      throw new Unsendable("the event has no type: a text is expected in \"event_type\"");
    }
    return event;
  }
}
