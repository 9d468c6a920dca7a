package net.insightpulseai.bridge.pairing;

import net.insightpulseai.bridge.http.Operator;
import net.insightpulseai.bridge.http.Refusal;
import net.insightpulseai.bridge.odoo.OdooInfoClient;
import net.insightpulseai.bridge.odoo.OdooInfoResult;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.outbox.CircuitBreakers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Pairs the Odoo that answers now with the database as it is now, at an operator's request. */
@Component
class PairAgain {

  private static final Logger LOG = LoggerFactory.getLogger(PairAgain.class);
  private static final int RETRY_AFTER_SECONDS = 5;

  private final PairingTable table;
  private final Pairing pairing;
  private final PairedOdoo paired;
  private final OdooInfoClient odoo;
  private final OdooSettings settings;
  private final CircuitBreakers breakers;

  PairAgain(
      PairingTable table,
      Pairing pairing,
      PairedOdoo paired,
      OdooInfoClient odoo,
      OdooSettings settings,
      CircuitBreakers breakers) {
    this.table = table;
    this.pairing = pairing;
    this.paired = paired;
    this.odoo = odoo;
    this.settings = settings;
    this.breakers = breakers;
  }

  /**
   * Pairs. If no Odoo is configured, or it is too old to state its identity, the database alone is
   * paired, and the first Odoo that states one is trusted.
   *
   * @return the new state of the pair
   * @throws Refusal 503 if Odoo does not answer; nothing has changed then
   */
  PairingStatus pair(Operator operator) {
    OdooInfoResult info = settings.configured() ? odoo.fetch() : new OdooInfoResult.NotOffered();
    if (info instanceof OdooInfoResult.Unavailable failed) {
      throw Refusal.unavailable(
          "odoo_does_not_answer",
          "Nothing is paired: " + failed.fault().error(),
          RETRY_AFTER_SECONDS);
    }
    String dbUuid = PairingRules.dbUuid(info);
    table.pair(table.fingerprint(), dbUuid, dbUuid == null ? null : pairing.address(), operator);
    LOG.info("Paired with the Odoo database {} by {}: {}", dbUuid, operator.who(), operator.why());
    paired.forget();
    breakers.probeSoon();
    return pairing.look();
  }
}
