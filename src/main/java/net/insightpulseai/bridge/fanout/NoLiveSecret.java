package net.insightpulseai.bridge.fanout;

/** A subscriber has no secret to sign with. The message says what to do about it. */
class NoLiveSecret extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NoLiveSecret(String message) {
    super(message);
  }
}
