package net.insightpulseai.bridge.encryption;

/** Something that cannot be decrypted. The message names the key, never the content. */
public class CannotOpen extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why not. */
  public enum Reason {
    /** The key it was encrypted with is not in the settings. */
    KEY_MISSING,
    /** The bytes are not those that were encrypted for this place. */
    ALTERED
  }

  private final Reason reason;

  private CannotOpen(Reason reason, String message) {
    // No cause: the message of camel-crypto holds both authentication codes.
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
        Reason.ALTERED,
        "it is not what was encrypted with the key "
            + keyId
            + " for this row: it was altered, or copied from another row or field");
  }

  public Reason reason() {
    return reason;
  }
}
