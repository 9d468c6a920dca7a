package net.insightpulseai.bridge.odoo;

import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.outbox.Outcome;
import net.insightpulseai.bridge.outbox.TargetProbe;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Probes Odoo with the action {@code bridge.ping}, which has no effect and no receipt. It takes the
 * same path as every action, so it checks the address, the key, the signature, the clock, the
 * database and the module at once.
 */
@Component
class OdooProbe implements TargetProbe {

  private static final String PING = "{\"action\":\"bridge.ping\",\"args\":{}}";

  private final OdooTargets targets;
  private final ProducerTemplate camel;
  private final Clock clock;

  OdooProbe(OdooTargets targets, @Lazy ProducerTemplate camel, Clock clock) {
    this.targets = targets;
    this.camel = camel;
    this.clock = clock;
  }

  @Override
  public boolean covers(String target) {
    return targets.include(target);
  }

  @Override
  public @Nullable Fault probe(String target) {
    Exchange answered;
    try {
      answered = camel.request("direct:odoo-ping?block=false", this::ping);
    } catch (RuntimeException e) {
      return new Fault("probe_failed", "The route odoo-ping cannot run: " + e.getMessage(), true);
    }
    Exception cause = answered.getException();
    if (cause instanceof IOException) {
      return fault(AnswerRules.judge(cause));
    }
    Outcome outcome = Outcome.of(answered);
    if (outcome == null) {
      return new Fault(
          "probe_failed",
          cause != null
              ? "The route odoo-ping failed: " + cause.getMessage()
              : "The route odoo-ping sets no outcome; it must end with decideOutcome",
          true);
    }
    return fault(outcome);
  }

  private void ping(Exchange exchange) {
    String key = "ping-" + UUID.randomUUID();
    ClaimedRow row = ClaimedRow.unqueued("odoo", key, clock.instant(), PING);
    exchange.setVariable(RouteVariables.ROW, row);
    exchange.getMessage().setBody(PING);
  }

  private static @Nullable Fault fault(Outcome outcome) {
    // A refusal by the module itself: it accepts the key and follows the contract, so it works.
    boolean refused = outcome.isDead() && !outcome.suspect();
    if (outcome.kind() == Outcome.Kind.DONE || refused) {
      return null;
    }
    String error = String.valueOf(outcome.error());
    return outcome.reason().equals("unauthorized")
        ? new Fault(outcome.reason(), "Odoo refuses the bridge's key or signature: " + error, true)
        : new Fault(outcome.reason(), "Odoo does not answer a ping: " + error, false);
  }
}
