package net.insightpulseai.bridge.client;

/** The bridge did not do what it was asked; the message is for the operator. */
final class CallFailed extends Exception {

  private static final long serialVersionUID = 1L;

  CallFailed(String message) {
    super(message);
  }
}
