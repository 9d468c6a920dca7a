package net.insightpulseai.bridge.odoo;

import net.insightpulseai.bridge.answer.FailureRules;
import net.insightpulseai.bridge.outbox.Failed;
import net.insightpulseai.bridge.outbox.TargetProbe.Fault;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Asks Odoo which one it is and what it can do, by way of the route {@code odoo-info}. */
@Component
public class AskOdoo {

  private final ProducerTemplate camel;

  AskOdoo(@Lazy ProducerTemplate camel) {
    this.camel = camel;
  }

  /** Asks; blocks for as long as a ping may, and never throws. */
  public OdooInfoResult ask() {
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
    return answered.getMessage().getBody() instanceof OdooInfoResult introduction
        ? introduction
        : failed("probe_failed", "the route odoo-info must end with the step readInfo", true);
  }

  private static OdooInfoResult failed(String reason, String error, boolean alarm) {
    return new OdooInfoResult.Failed(
        new Fault(reason, "Odoo does not say which one it is: " + error, alarm));
  }
}
