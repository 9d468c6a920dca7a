package net.insightpulseai.bridge.doctor;

import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.incident.IncidentKind;
import net.insightpulseai.bridge.odoo.OdooInfoResult;
import net.insightpulseai.bridge.pairing.Fingerprint;
import net.insightpulseai.bridge.pairing.PairingRecord;
import net.insightpulseai.bridge.pairing.PairingRules;
import net.insightpulseai.bridge.pairing.PairingStatus;
import net.insightpulseai.bridge.pairing.PairingTable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Checks whether the database and Odoo are the paired ones. It does not pair anything. */
class PairingCheck {

  /** What is paired; null if nothing is paired yet or this database is a copy. */
  @Nullable PairingRecord checkDatabase(
      DoctorReport report, DatabaseAddress address, JdbcTemplate jdbc) {
    PairingTable table = new PairingTable(jdbc, address);
    Fingerprint now = table.fingerprint();
    if (now.full() == null) {
      report.warn(
          "pg_control_system() is denied: a copy of the database in another server may go unnoticed",
          "grant execute on function pg_control_system() to this user");
    }
    PairingRecord paired = table.read();
    if (paired == null) {
      report.ok("nothing is paired yet: the bridge pairs when it starts");
      return null;
    }
    PairingStatus status = PairingRules.ofDatabase(paired, now);
    add(report, status);
    return status.fault() == null ? paired : null;
  }

  /**
   * Compares the Odoo that answers with the paired one.
   *
   * @param answer how Odoo identified itself; null if it does not answer
   * @param address where it answered
   */
  void checkOdoo(
      DoctorReport report,
      @Nullable PairingRecord paired,
      @Nullable OdooInfoResult answer,
      String address) {
    if (paired == null || answer == null) {
      return;
    }
    PairingStatus status = PairingRules.ofOdoo(paired, answer, address);
    if (status.state() == PairingStatus.State.UNPAIRED) {
      report.warn(status.found(), IncidentKind.ADDON_OLD.remedy());
    } else if (status.state() == PairingStatus.State.PAIRED && PairingRules.trusts(paired)) {
      report.ok("no Odoo is paired yet: the bridge pairs with this one when it starts");
    } else {
      add(report, status);
    }
  }

  private static void add(DoctorReport report, PairingStatus status) {
    if (status.fault() == null) {
      report.ok(status.found());
    } else {
      report.fail(status.found(), status.remedy());
    }
  }
}
