package net.insightpulseai.bridge.pairing;

import java.util.Objects;
import net.insightpulseai.bridge.odoo.OdooInfoClient;
import net.insightpulseai.bridge.odoo.OdooInfoResult;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.odoo.OdooTargets;
import net.insightpulseai.bridge.outbox.TargetProbe;
import net.insightpulseai.bridge.pairing.PairingStatus.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * The readiness probe of every target: nothing is sent from a copy of the database, and nothing to
 * an Odoo other than the paired one. The first Odoo is trusted; afterwards only an operator changes
 * the pair.
 */
@Component
public class Pairing implements TargetProbe {

  /** Stands for the address of the simulated Odoo, which changes at each start. */
  static final String SIMULATED = "simulated";

  private static final Logger LOG = LoggerFactory.getLogger(Pairing.class);

  private final PairingTable table;
  private final OdooInfoClient odoo;
  private final OdooSettings settings;
  private final OdooTargets targets;
  private volatile @Nullable PairingStatus last;
  private volatile boolean started;

  Pairing(PairingTable table, OdooInfoClient odoo, OdooSettings settings, OdooTargets targets) {
    this.table = table;
    this.odoo = odoo;
    this.settings = settings;
    this.targets = targets;
  }

  // Before demo mode sends its first action, by another listener.
  @EventListener(ApplicationReadyEvent.class)
  @Order(Ordered.HIGHEST_PRECEDENCE + 1)
  void started() {
    started = true;
  }

  /** The simulated Odoo is the bridge itself, which answers nobody before it has started. */
  @Override
  public boolean possible() {
    return started || !settings.simulated();
  }

  /** The last result of a check; null before the first. */
  public @Nullable PairingStatus last() {
    return last;
  }

  @Override
  public boolean readiness() {
    return true;
  }

  @Override
  public boolean covers(String target) {
    return true;
  }

  /**
   * Whether rows of a target may be sent.
   *
   * @throws org.springframework.dao.DataAccessException if the database does not answer now
   */
  @Override
  public @Nullable Fault probe(String target) {
    PairingStatus database = lookAtDatabase();
    return database.fault() == null && targets.include(target)
        ? lookAtOdoo(odoo.fetch()).fault()
        : database.fault();
  }

  /** Checks both; asks Odoo, if one is configured. */
  public PairingStatus look() {
    PairingStatus database = lookAtDatabase();
    return database.fault() == null && settings.configured() ? lookAtOdoo(odoo.fetch()) : database;
  }

  /** Checks the database alone, and pauses every target if it is a copy. */
  PairingStatus lookAtDatabase() {
    Fingerprint now = table.fingerprint();
    PairingRecord paired = table.read();
    if (paired == null) {
      table.trust(now, null, null);
      paired = Objects.requireNonNull(table.read());
    }
    PairingStatus status = PairingRules.ofDatabase(paired, now);
    if (status.fault() != null) {
      int stopped = table.stopAll(paired, status.message());
      if (stopped > 0) {
        LOG.error("{} targets are paused: {}", stopped, status.message());
      }
      last = status;
    } else if (!settings.configured()) {
      status = PairingStatus.good(State.NO_ODOO, "no Odoo is configured (ODOO_BASE_URL)");
      last = status;
    }
    return status;
  }

  private PairingStatus lookAtOdoo(OdooInfoResult info) {
    PairingRecord paired = Objects.requireNonNull(table.read());
    PairingStatus status = PairingRules.ofOdoo(paired, info, address());
    if (status.state() == State.PAIRED && PairingRules.trusts(paired)) {
      String dbUuid = PairingRules.dbUuid(info);
      if (!Objects.equals(dbUuid, paired.odooDbUuid()) || !address().equals(paired.odooBaseUrl())) {
        if (table.trust(table.fingerprint(), dbUuid, address())) {
          LOG.info("Paired with the first Odoo that answered: {} at {}", dbUuid, address());
        }
        // Another replica may have paired another one first.
        status = PairingRules.ofOdoo(Objects.requireNonNull(table.read()), info, address());
      }
    }
    last = status;
    return status;
  }

  /** Odoo's address, as it is stored. */
  String address() {
    return settings.simulated() ? SIMULATED : settings.baseUrl();
  }
}
