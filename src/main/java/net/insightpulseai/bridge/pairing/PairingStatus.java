package net.insightpulseai.bridge.pairing;

import java.util.Locale;
import net.insightpulseai.bridge.outbox.TargetProbe.Fault;
import org.jspecify.annotations.Nullable;

/**
 * How the pair stands.
 *
 * @param state in a word
 * @param found what was found, for an operator
 * @param remedy what to do about it; empty if there is nothing to do
 * @param fault why nothing is sent to Odoo, or, if it is a copy, to anybody; null if all is well
 */
public record PairingStatus(State state, String found, String remedy, @Nullable Fault fault) {

  /** The words of {@code /health} and {@code /bridge/pairing}. */
  public enum State {
    /** Odoo and this database belong together. */
    PAIRED,
    /** Odoo has not told which one it is; it works all the same. */
    UNPAIRED,
    /** There is no Odoo in the settings. */
    NO_ODOO,
    /** This database is not the one that was paired. */
    COPY,
    /** The Odoo that answers is not the one that was paired. */
    ANOTHER_ODOO,
    /** The paired Odoo, or a copy of it, answers somewhere else. */
    ANOTHER_ADDRESS,
    /** Odoo takes its own database for a copy. */
    NOT_PAIRED_IN_ODOO,
    /** Nobody can tell now. */
    UNKNOWN;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static PairingStatus good(State state, String found) {
    return new PairingStatus(state, found, "", null);
  }

  /** It will not heal without an operator. */
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
