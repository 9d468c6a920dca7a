package net.insightpulseai.bridge.subscriber;

/** A subscriber has no secret to sign with. The message has the remedy. */
public class NoLiveSecret extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NoLiveSecret(String message) {
    super(message);
  }
}
