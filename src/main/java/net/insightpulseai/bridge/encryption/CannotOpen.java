package net.insightpulseai.bridge.encryption;

/** Something encrypted that stays closed. The message names the key, never what is in it. */
public class CannotOpen extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What is in the way. */
  public enum Reason {
    /** It was encrypted with a key that is not among those of the settings. */
    KEY_MISSING,
    /** It is not what was encrypted. */
    ALTERED
  }

  private final Reason reason;

  private CannotOpen(Reason reason, String message) {
    // No cause: Camel's own message holds both authentication codes.
    super(message);
    this.reason = reason;
  }

  static CannotOpen keyMissing(String keyId) {
    return new CannotOpen(
        Reason.KEY_MISSING,
        "it is encrypted with the key " + keyId + ", which bridge.encryption-key does not hold");
  }

  static CannotOpen altered(String keyId) {
    return new CannotOpen(
        Reason.ALTERED, "it is not what was encrypted with the key " + keyId + ": it was altered");
  }

  public Reason reason() {
    return reason;
  }
}
