package net.insightpulseai.bridge.http;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Whether requests reach the routes: from the moment all of them run until the bridge begins to
 * stop. The port is open for longer. What comes outside of this time is answered 503, because a
 * caller takes the 404 of a route that does not run yet for a final answer.
 */
@Component
class Readiness {

  private volatile boolean ready;

  boolean ready() {
    return ready;
  }

  // Before all other listeners: the first request of demo mode is sent by one of them.
  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.HIGHEST_PRECEDENCE)
  void begin() {
    ready = true;
  }

  @EventListener(ContextClosedEvent.class)
  @Order(Ordered.HIGHEST_PRECEDENCE)
  void end() {
    ready = false;
  }

  /** The answer while requests do not reach the routes. */
  static Refusal refusal() {
    return Refusal.unavailable(
        "not_ready", "The bridge is starting or stopping; send this request again", 2);
  }
}
