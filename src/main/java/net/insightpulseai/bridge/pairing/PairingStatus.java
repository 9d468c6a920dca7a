package net.insightpulseai.bridge.pairing;

import java.util.Locale;
import net.insightpulseai.bridge.outbox.TargetProbe.Fault;
import org.jspecify.annotations.Nullable;

/**
 * The state of the pair.
 *
 * @param state the state in one word
 * @param found what was found, for an operator
 * @param remedy what to do about it; empty if there is nothing to do
 * @param fault why nothing is sent to Odoo or, if the database is a copy, to any target; null if
 *     all is well
 */
public record PairingStatus(State state, String found, String remedy, @Nullable Fault fault) {

  /** The words of {@code /health} and {@code /bridge/pairing}. */
  public enum State {
    /** Odoo and this database belong together. */
    PAIRED,
    /** Odoo has not stated its identity; it works anyway. */
    UNPAIRED,
    /** No Odoo is configured. */
    NO_ODOO,
    /** This database is not the one that was paired. */
    COPY,
    /** The Odoo that answers is not the one that was paired. */
    ANOTHER_ODOO,
    /** The paired Odoo, or a copy of it, answers somewhere else. */
    ANOTHER_ADDRESS,
    /** Odoo considers its own database a copy. */
    NOT_PAIRED_IN_ODOO,
    /** It cannot be determined now. */
    UNKNOWN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static PairingStatus good(State state, String found) {
    return new PairingStatus(state, found, "", null);
  }

  /** A state that lasts until an operator acts. */
  static PairingStatus bad(State state, String found, String remedy) {
    return new PairingStatus(
        state, found, remedy, new Fault(state.word(), sentence(found, remedy), true));
  }

  /** Both what was found and what to do. */
  public String message() {
    return sentence(found, remedy);
  }

  private static String sentence(String found, String remedy) {
    return remedy.isEmpty() ? found : found + ". Remedy: " + remedy;
  }
}
