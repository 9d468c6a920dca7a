package net.insightpulseai.bridge.realtime;

/** Realtime cannot be called as the bridge is set up; the message names the setting. */
class NotConfigured extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotConfigured(String message) {
    super(message, null, false, false);
  }
}
