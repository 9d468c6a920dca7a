package net.insightpulseai.bridge.pairing;

import net.insightpulseai.bridge.odoo.OdooInfo;
import net.insightpulseai.bridge.odoo.OdooInfoResult;
import net.insightpulseai.bridge.pairing.PairingStatus.State;
import org.jspecify.annotations.Nullable;

/** Whether Odoo and the database are the paired ones: a pure function. */
public final class PairingRules {

  /** What to do where another pair is meant. */
  public static final String PAIR_AGAIN =
      "pair again (console: Pairing; HTTP: POST /bridge/pairing)";

  private PairingRules() {}

  /** Whether the database is the one that was paired. */
  public static PairingStatus ofDatabase(PairingRecord paired, Fingerprint now) {
    return now.is(paired.fingerprint())
        ? PairingStatus.good(State.PAIRED, "this database is the one that was paired")
        : PairingStatus.bad(
            State.COPY,
            "this database is a copy of the one that was paired on "
                + paired.at()
                + ": nothing is sent from it, because it could be sent twice",
            "if it replaces the original, or has an Odoo and subscribers of its own, "
                + PAIR_AGAIN);
  }

  /**
   * Whether an Odoo is the paired one, or the first one that answers.
   *
   * @param baseUrl the address at which it was asked
   */
  public static PairingStatus ofOdoo(PairingRecord paired, OdooInfoResult info, String baseUrl) {
    if (info instanceof OdooInfoResult.Unavailable failed) {
      return new PairingStatus(State.UNKNOWN, failed.fault().error(), "", failed.fault());
    }
    if (info instanceof OdooInfoResult.Known known) {
      return ofOdoo(paired, known.info(), baseUrl);
    }
    String found = "Odoo at " + baseUrl + " does not state its identity (no /api/agent/info)";
    return trusts(paired)
        ? PairingStatus.good(
            State.UNPAIRED, found + ": it works unpaired, and a copy of it would go unnoticed")
        : PairingStatus.bad(
            State.ANOTHER_ODOO,
            found + ", but the paired one does",
            "install or update its module ip_event_bus, or correct ODOO_BASE_URL or ODOO_DATABASE; if this is intended, "
                + PAIR_AGAIN);
  }

  private static PairingStatus ofOdoo(PairingRecord paired, OdooInfo info, String baseUrl) {
    boolean first = trusts(paired);
    if (!first && !info.dbUuid().equals(paired.odooDbUuid())) {
      return PairingStatus.bad(
          State.ANOTHER_ODOO,
          "Odoo at "
              + baseUrl
              + " is the database "
              + info.dbUuid()
              + ", but "
              + paired.odooDbUuid()
              + " is paired",
          "correct ODOO_BASE_URL or ODOO_DATABASE; if it is meant, " + PAIR_AGAIN);
    }
    if (!first && !baseUrl.equals(paired.odooBaseUrl())) {
      return PairingStatus.bad(
          State.ANOTHER_ADDRESS,
          "Odoo at "
              + baseUrl
              + " claims to be the paired one, which was at "
              + paired.odooBaseUrl()
              + ": it may be a copy",
          "correct ODOO_BASE_URL; if Odoo has moved, " + PAIR_AGAIN);
    }
    if (!info.paired()) {
      return PairingStatus.bad(
          State.NOT_PAIRED_IN_ODOO,
          "Odoo at " + baseUrl + " considers its own database a copy, and applies nothing",
          "if this is intended, pair it there: Supabase Bridge > Status");
    }
    return PairingStatus.good(State.PAIRED, "paired with the Odoo database " + info.dbUuid());
  }

  /**
   * Whether the first Odoo that answers is trusted: none is known yet, or only the simulated one.
   */
  public static boolean trusts(PairingRecord paired) {
    return paired.odooDbUuid() == null || Pairing.SIMULATED.equals(paired.odooBaseUrl());
  }

  static @Nullable String dbUuid(OdooInfoResult info) {
    return info instanceof OdooInfoResult.Known known ? known.info().dbUuid() : null;
  }
}
