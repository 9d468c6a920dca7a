package net.insightpulseai.bridge.client;

/** The bridge did not do what it was asked; the message is for the operator. */
final class CallFailed extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean temporary;

  CallFailed(String message) {
    this(message, false);
  }

  private CallFailed(String message, boolean temporary) {
    super(message);
    this.temporary = temporary;
  }

  /** One after which the same call may succeed: the bridge, or its database, is away. */
  static CallFailed forNow(String message) {
    return new CallFailed(message, true);
  }

  boolean temporary() {
    return temporary;
  }
}
