package net.insightpulseai.bridge.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import net.insightpulseai.bridge.config.Product;
import net.insightpulseai.bridge.config.RouteVariables;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Builds the request of one call from a broadcast, with only its own headers. */
@Component
class BroadcastRequest {

  private final RealtimeAccess access;
  private final ObjectMapper json;

  BroadcastRequest(RealtimeAccess access, @Qualifier("exactJson") ObjectMapper json) {
    this.access = access;
    this.json = json;
  }

  /** Replaces the exchange's message by it, and sets the variable {@code broadcast}. */
  void put(Broadcast broadcast, Exchange exchange) throws JsonProcessingException {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader("Content-Type", "application/json");
    // Keys of the new kind are refused for anything that looks like a browser.
    message.setHeader("User-Agent", Product.NAME);
    access.headers().forEach(message::setHeader);
    if (broadcast.perEvent()) {
      message.setHeader(Exchange.HTTP_PATH, broadcast.path());
      message.setBody(broadcast.message().getBytes(UTF_8));
    } else {
      message.setBody(batch(broadcast));
    }
    exchange.setVariable(RouteVariables.BROADCAST, broadcast);
  }

  private byte[] batch(Broadcast broadcast) throws JsonProcessingException {
    ObjectNode body = json.createObjectNode();
    body.putArray("messages")
        .addObject()
        .put("topic", broadcast.topic())
        .put("event", broadcast.event())
        .putRawValue("payload", new RawValue(broadcast.message()))
        .put("private", true);
    return json.writeValueAsBytes(body);
  }
}
