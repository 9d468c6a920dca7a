package net.insightpulseai.bridge.pairing;

import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.login.Person;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;
import org.springframework.stereotype.Component;

/** Does what the routes do, in Hawtio under {@code bridge:type=Pairing}. */
@Component
@ManagedResource(
    objectName = "bridge:type=Pairing",
    description = "Which Odoo and which database belong together")
public class PairingControl {

  private final Pairing pairing;
  private final PairAgain pairAgain;

  PairingControl(Pairing pairing, PairAgain pairAgain) {
    this.pairing = pairing;
    this.pairAgain = pairAgain;
  }

  @ManagedAttribute(description = "What was found when Odoo was last asked")
  public String getLastFound() {
    PairingStatus last = pairing.last();
    return last == null ? "Odoo was not asked yet" : describe(last);
  }

  @ManagedOperation(description = "Ask Odoo for its identity, and show the state of the pair")
  public String showPairing() {
    return describe(pairing.look());
  }

  @ManagedOperation(
      description =
          "Pair the Odoo that answers now with this database as it is; targets that were paused as a copy are resumed")
  @ManagedOperationParameter(name = "who", description = "your name, for the record")
  @ManagedOperationParameter(name = "why", description = "the reason, for the record")
  public String pair(String who, String why) {
    try {
      return describe(pairAgain.pair(new Operator(Person.ofCaller(who), why)));
    } catch (Refusal refusal) {
      return refusal.getMessage();
    }
  }

  private static String describe(PairingStatus status) {
    return status.state().word() + ": " + status.message();
  }
}
