package net.insightpulseai.bridge.lookup;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import net.insightpulseai.bridge.answer.Excerpt;
import net.insightpulseai.bridge.config.BridgeMode;
import net.insightpulseai.bridge.edition.Edition;
import net.insightpulseai.bridge.edition.Editions;
import net.insightpulseai.bridge.outbox.BlockedQueues;
import net.insightpulseai.bridge.outbox.Blocker;
import net.insightpulseai.bridge.outbox.CircuitBreakers;
import net.insightpulseai.bridge.pairing.Pairing;
import net.insightpulseai.bridge.pairing.PairingStatus;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Answers up or down, with nothing that helps an attacker. It is up when an event could be stored
 * now, and suspended while an operator keeps events out.
 */
@Component("answerHealth")
class AnswerHealth implements Processor {

  private static final int RETRY_AFTER_SECONDS = 5;
  private static final String ACTIONS = "odoo-actions";
  private static final String ODOO = "odoo";
  private static final String INGEST = "/functions/v1/odoo_event_ingest";

  /** Who stops a target without an operator. */
  private static final Set<String> BY_ITSELF = Set.of("bridge", "pairing");

  private final DatabaseHealth database;
  private final Pairing pairing;
  private final CircuitBreakers breakers;
  private final BlockedQueues blockedQueues;
  private final Editions editions;
  private final BridgeMode mode;

  /** Kept, because all routes would have to be looked at; it may be another after an edit. */
  private volatile @Nullable String ingestRoute;

  private volatile @Nullable Edition lookedUp;

  AnswerHealth(
      DatabaseHealth database,
      Pairing pairing,
      CircuitBreakers breakers,
      BlockedQueues blockedQueues,
      Editions editions,
      BridgeMode mode) {
    this.database = database;
    this.pairing = pairing;
    this.breakers = breakers;
    this.blockedQueues = blockedQueues;
    this.editions = editions;
    this.mode = mode;
  }

  @Override
  public void process(Exchange exchange) throws InterruptedException {
    DatabaseHealth.Report report = database.ask();
    boolean writable = report != null && report.writable();
    boolean up = writable && takesEvents(exchange.getContext());
    ObjectNode health = JsonNodeFactory.instance.objectNode();
    health.put("status", up ? "up" : writable ? "suspended" : "down");
    health.put("mode", mode.word());
    health.put("database", report == null ? "down" : writable ? "up" : "read_only");
    PairingStatus pair = pairing.last();
    health.put("pairing", (pair == null ? PairingStatus.State.UNKNOWN : pair.state()).word());
    if (report != null) {
      ObjectNode states = health.putObject("queues");
      report.queues().forEach(states::put);
      if (states.path(ACTIONS).asText().equals("running")
          && breakers.openCircuits().containsKey(ODOO)) {
        states.put(ACTIONS, "waiting_for_odoo");
      }
      stoppedOdoo(health, report.odooStop());
      health.put("stopped_subscribers", report.stoppedSubscribers());
      blocked(health);
    }
    Message message = exchange.getMessage();
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, up ? 200 : 503);
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    if (!up) {
      message.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
    message.setBody(health.toString());
  }

  /**
   * Only while nothing is sent to Odoo. The reason only if a person gave it: the bridge's own quote
   * what a system answered.
   */
  private static void stoppedOdoo(ObjectNode health, DatabaseHealth.@Nullable OdooStop stop) {
    if (stop != null) {
      ObjectNode one = health.putObject("stopped_odoo");
      one.put("state", stop.state());
      one.put("changed_by", stop.by());
      one.put("reason", BY_ITSELF.contains(String.valueOf(stop.by())) ? null : stop.why());
      one.put("since", stop.since().toString());
    }
  }

  /** Not while an operator has suspended or stopped the route that takes Odoo's events. */
  private boolean takesEvents(CamelContext camel) {
    Edition edition = editions.current();
    if (editions.changing()) {
      return true; // what is being replaced serves all the while
    }
    String known = ingestRoute;
    if (known == null || edition != lookedUp || camel.getRoute(known) == null) {
      known =
          camel.getRoutes().stream()
              .filter(route -> route.getEndpoint().getEndpointUri().contains(INGEST))
              .map(Route::getRouteId)
              .findFirst()
              .orElse(null);
      ingestRoute = known;
      lookedUp = edition;
    }
    return known == null || camel.getRouteController().getRouteStatus(known).isStarted();
  }

  /** Only while a queue waits for a lock of somebody else's: whose it is. */
  private void blocked(ObjectNode health) {
    blockedQueues
        .now()
        .forEach(
            (queue, blocked) -> {
              ObjectNode one = health.withObjectProperty("blocked").putObject(queue);
              one.put("rows", blocked.rows());
              ArrayNode by = one.putArray("by");
              for (Blocker blocker : blocked.by()) {
                by.addObject()
                    .put("pid", blocker.pid())
                    .put("application", Excerpt.line(blocker.application()));
              }
            });
  }
}
