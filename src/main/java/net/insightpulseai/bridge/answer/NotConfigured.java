package net.insightpulseai.bridge.answer;

/**
 * A target cannot be called as the bridge is set up: it is paused until somebody has mended that.
 * The message names the setting.
 */
public class NotConfigured extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotConfigured(String message) {
    super(message, null, false, false);
  }
}
