package net.insightpulseai.bridge.pairing;

import net.insightpulseai.bridge.odoo.Introduction;
import net.insightpulseai.bridge.odoo.OdooInfo;
import net.insightpulseai.bridge.pairing.Finding.State;
import org.jspecify.annotations.Nullable;

/** Whether Odoo and the database are those that were paired: a pure function. */
public final class PairingRules {

  private static final String PAIR_AGAIN =
      "pair again with POST /bridge/pairing, or in Hawtio, bridge:type=Pairing";

  private PairingRules() {}

  /** Whether the database is the one that was paired. */
  public static Finding ofDatabase(PairedWith paired, Fingerprint now) {
    return now.is(paired.fingerprint())
        ? Finding.good(State.PAIRED, "this database is the one that was paired")
        : Finding.bad(
            State.COPY,
            "this database is a copy of the one that was paired on "
                + paired.at()
                + ": nothing is sent from it, lest it be sent twice",
            "if it takes that one's place, or has an Odoo and subscribers of its own, "
                + PAIR_AGAIN);
  }

  /**
   * Whether an Odoo is the one that was paired, or the first one to be met.
   *
   * @param baseUrl where it was asked
   */
  public static Finding ofOdoo(PairedWith paired, Introduction told, String baseUrl) {
    if (told instanceof Introduction.Failed failed) {
      return new Finding(State.UNKNOWN, failed.fault().error(), "", failed.fault());
    }
    if (told instanceof Introduction.Told known) {
      return ofOdoo(paired, known.info(), baseUrl);
    }
    String found = "Odoo at " + baseUrl + " does not say which one it is (no /api/agent/info)";
    return trusts(paired)
        ? Finding.good(State.UNPAIRED, found + ": it works unpaired, a copy of it is not noticed")
        : Finding.bad(
            State.ANOTHER_ODOO,
            found + ", but the paired one did",
            "install or update its module ip_event_bus, or correct ODOO_BASE_URL or ODOO_DATABASE; if it is meant, "
                + PAIR_AGAIN);
  }

  private static Finding ofOdoo(PairedWith paired, OdooInfo info, String baseUrl) {
    boolean first = trusts(paired);
    if (!first && !info.dbUuid().equals(paired.odooDbUuid())) {
      return Finding.bad(
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
      return Finding.bad(
          State.ANOTHER_ADDRESS,
          "Odoo at "
              + baseUrl
              + " says that it is the paired one, which was at "
              + paired.odooBaseUrl()
              + ": it may be a copy",
          "correct ODOO_BASE_URL; if Odoo has moved, " + PAIR_AGAIN);
    }
    if (!info.paired()) {
      return Finding.bad(
          State.NOT_PAIRED_IN_ODOO,
          "Odoo at " + baseUrl + " takes its own database for a copy, and applies nothing",
          "if it is meant, pair it there: Supabase Bridge, State");
    }
    return Finding.good(State.PAIRED, "paired with the Odoo database " + info.dbUuid());
  }

  /** Whether the first Odoo that comes is the one: none is known yet, or only the stand-in. */
  public static boolean trusts(PairedWith paired) {
    return paired.odooDbUuid() == null || Pairing.SIMULATED.equals(paired.odooBaseUrl());
  }

  static @Nullable String dbUuid(Introduction told) {
    return told instanceof Introduction.Told known ? known.info().dbUuid() : null;
  }
}
