package net.insightpulseai.bridge.doctor;

import net.insightpulseai.bridge.database.DatabaseAddress;
import net.insightpulseai.bridge.odoo.OdooInfoResult;
import net.insightpulseai.bridge.odoo.OdooSettings;
import net.insightpulseai.bridge.pairing.Fingerprint;
import net.insightpulseai.bridge.pairing.PairingRecord;
import net.insightpulseai.bridge.pairing.PairingRules;
import net.insightpulseai.bridge.pairing.PairingStatus;
import net.insightpulseai.bridge.pairing.PairingTable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whether the database and the Odoo are those that were paired. It pairs nothing itself. */
class PairingCheck {

  private final OdooSettings settings;

  PairingCheck(OdooSettings settings) {
    this.settings = settings;
  }

  /** Returns what is paired; null if nothing is yet, or this database is a copy. */
  @Nullable PairingRecord lookIntoTheDatabase(
      Findings findings, DatabaseAddress address, JdbcTemplate jdbc) {
    PairingTable table = new PairingTable(jdbc, address);
    Fingerprint now = table.fingerprint();
    if (now.full() == null) {
      findings.warn(
          "pg_control_system() is denied: a copy of the database in another server may go unnoticed",
          "grant execute on function pg_control_system() to this user");
    }
    PairingRecord paired = table.read();
    if (paired == null) {
      findings.ok("nothing is paired yet: the bridge pairs when it starts");
      return null;
    }
    PairingStatus finding = PairingRules.ofDatabase(paired, now);
    tell(findings, finding);
    return finding.fault() == null ? paired : null;
  }

  /**
   * Compares.
   *
   * @param told which Odoo answers; null if none does
   */
  void run(Findings findings, @Nullable PairingRecord paired, @Nullable OdooInfoResult told) {
    if (paired == null || told == null) {
      return;
    }
    PairingStatus finding = PairingRules.ofOdoo(paired, told, settings.baseUrl());
    if (finding.state() == PairingStatus.State.UNPAIRED) {
      findings.warn(finding.found(), "update its module ip_event_bus");
    } else if (finding.state() == PairingStatus.State.PAIRED && PairingRules.trusts(paired)) {
      findings.ok("no Odoo is paired yet: the bridge pairs with this one when it starts");
    } else {
      tell(findings, finding);
    }
  }

  private static void tell(Findings findings, PairingStatus finding) {
    if (finding.fault() == null) {
      findings.ok(finding.found());
    } else {
      findings.fail(finding.found(), finding.remedy());
    }
  }
}
