package net.insightpulseai.bridge.odoo;

import net.insightpulseai.bridge.answer.FailureRules;
import net.insightpulseai.bridge.outbox.Failed;
import net.insightpulseai.bridge.outbox.TargetProbe.Fault;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Asks Odoo for its identity and abilities, through the route {@code odoo-info}. */
@Component
public class OdooInfoClient {

  private final ProducerTemplate camel;

  OdooInfoClient(@Lazy ProducerTemplate camel) {
    this.camel = camel;
  }

  /** Fetches them; blocks for as long as a ping may, and never throws. */
  public OdooInfoResult fetch() {
    Exchange answered;
    try {
      answered = camel.request("direct:odoo-info?block=false", exchange -> {});
    } catch (RuntimeException e) {
      return failed("probe_failed", "the route odoo-info cannot run: " + e.getMessage(), true);
    }
    Exception failure = answered.getException();
    if (failure != null) {
      Failed judged = FailureRules.judge(failure);
      return failed(judged.reason(), judged.error(), false);
    }
    return answered.getMessage().getBody() instanceof OdooInfoResult result
        ? result
        : failed("probe_failed", "the route odoo-info must end with the step readInfo", true);
  }

  private static OdooInfoResult failed(String reason, String error, boolean alarm) {
    return new OdooInfoResult.Unavailable(
        new Fault(reason, "Odoo's identity is unknown: " + error, alarm));
  }
}
