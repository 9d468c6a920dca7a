package net.insightpulseai.bridge.http;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.springframework.stereotype.Component;

/** A request's body as raw bytes. All of it is there before the route begins. */
@Component
public class RawBody {

  /** Makes the raw bytes the message's body. */
  public byte[] read(Exchange exchange) {
    byte[] body = EdgeRequest.of(exchange).body();
    exchange.getMessage().setBody(body);
    return body;
  }

  static Refusal overloaded() {
    return Refusal.unavailable("overloaded", "Too many requests at once; send this one again", 1);
  }

  static Refusal tooLarge(int maxBytes) {
    return new Refusal(
        413, "body_too_large", "The body is larger than the limit of " + maxBytes + " bytes");
  }

  static Refusal tooSlow(Duration limit) {
    return new Refusal(
        408, "body_too_slow", "The body did not arrive within " + limit.toSeconds() + " seconds");
  }

  static Refusal incomplete() {
    return new Refusal(400, "body_incomplete", "The body ended before it was complete");
  }
}
