package net.insightpulseai.bridge.incident;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.insightpulseai.bridge.answer.Excerpt;
import net.insightpulseai.bridge.heartbeat.HeartbeatSettings;
import net.insightpulseai.bridge.lookup.DatabaseGauges;
import net.insightpulseai.bridge.odoo.OdooFacts;
import net.insightpulseai.bridge.odoo.OdooInfo;
import net.insightpulseai.bridge.outbox.CircuitBreakers;
import net.insightpulseai.bridge.outbox.Instance;
import net.insightpulseai.bridge.pairing.Pairing;
import net.insightpulseai.bridge.pairing.PairingStatus;
import net.insightpulseai.bridge.reload.RefusedEdit;
import net.insightpulseai.bridge.reload.RefusedRoutes;
import org.springframework.stereotype.Component;

/** What this instance knows without asking the database for rows. */
@Component
class OwnConditions {

  /**
   * The rest of a disk is needed for the write-ahead log, and for what comes until it is larger.
   */
  private static final double FULL = 0.8;

  private final CircuitBreakers breakers;
  private final Pairing pairing;
  private final OdooFacts odoo;
  private final RefusedRoutes routes;
  private final DatabaseGauges database;
  private final IncidentSettings settings;
  private final HeartbeatSettings heartbeat;
  private final Instance instance;
  private final Clock clock;

  OwnConditions(
      CircuitBreakers breakers,
      Pairing pairing,
      OdooFacts odoo,
      RefusedRoutes routes,
      DatabaseGauges database,
      IncidentSettings settings,
      HeartbeatSettings heartbeat,
      Instance instance,
      Clock clock) {
    this.breakers = breakers;
    this.pairing = pairing;
    this.odoo = odoo;
    this.routes = routes;
    this.database = database;
    this.settings = settings;
    this.heartbeat = heartbeat;
    this.instance = instance;
    this.clock = clock;
  }

  List<Condition> now() {
    List<Condition> conditions = new ArrayList<>();
    boolean mismatch = pair(conditions);
    breakers
        .openCircuits()
        .forEach(
            (target, circuit) -> {
              if (!mismatch || !isPairing(circuit.fault().reason())) {
                conditions.add(
                    Condition.of(
                        IncidentKind.CIRCUIT_OPEN,
                        target,
                        target.equals("odoo") ? "Odoo" : target,
                        Excerpt.line(circuit.fault().error()),
                        circuit.since()));
              }
            });
    addon(conditions);
    Duration ahead = odoo.ahead();
    Condition skew = ahead == null ? null : Clocks.compare("odoo", "Odoo", ahead, clock);
    if (skew != null) {
      conditions.add(skew);
    }
    disk(conditions);
    routes(conditions);
    return conditions;
  }

  /** The circuit of a target opens for its pair, too, which is one thing to report. */
  private static boolean isPairing(String reason) {
    for (PairingStatus.State state : PairingStatus.State.values()) {
      if (state.word().equals(reason)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether operators have to act. */
  private boolean pair(List<Condition> conditions) {
    PairingStatus status = pairing.last();
    if (status == null || status.state() == PairingStatus.State.UNKNOWN) {
      return false;
    }
    boolean wrong = status.fault() != null;
    if (wrong) {
      boolean copy = status.state() == PairingStatus.State.COPY;
      conditions.add(
          new Condition(
              IncidentKind.PAIRING,
              copy ? "database" : "odoo",
              copy ? "The database" : "Odoo",
              Excerpt.line(status.found()),
              status.remedy().isEmpty() ? IncidentKind.PAIRING.remedy() : status.remedy(),
              clock.instant(),
              false));
    }
    if (status.state() == PairingStatus.State.UNPAIRED) {
      conditions.add(
          Condition.of(
              IncidentKind.ADDON_OLD,
              "odoo",
              "Odoo",
              Excerpt.line(status.found()),
              clock.instant()));
    }
    return wrong;
  }

  private void addon(List<Condition> conditions) {
    OdooInfo info = odoo.info();
    String needed = heartbeat.beats() ? OdooInfo.HEARTBEAT : OdooInfo.OLDEST;
    if (info != null && info.olderThan(needed)) {
      conditions.add(
          Condition.of(
              IncidentKind.ADDON_OLD,
              "odoo",
              "Odoo",
              "the module is "
                  + Excerpt.line(info.version())
                  + "; expected "
                  + needed
                  + " or later",
              clock.instant()));
    }
  }

  private void disk(List<Condition> conditions) {
    double disk = settings.disk().toBytes();
    double used = disk == 0 ? 0 : database.bytes();
    if (used > FULL * disk) {
      conditions.add(
          Condition.of(
              IncidentKind.DISK_FULL,
              "database",
              "The database",
              String.format(
                  Locale.ROOT,
                  "it takes %.0f %% of its disk of %d MB",
                  100 * used / disk,
                  settings.disk().toMegabytes()),
              clock.instant()));
    }
  }

  private void routes(List<Condition> conditions) {
    RefusedEdit edit = routes.now();
    if (edit != null) {
      conditions.add(
          Condition.of(
              IncidentKind.ROUTES_REFUSED,
              "routes",
              "The routes",
              "refused on "
                  + instance.name()
                  + ": "
                  + (edit.findings().isEmpty()
                      ? edit.hash()
                      : Excerpt.line(edit.findings().get(0).toString())),
              edit.at()));
    }
  }
}
