package net.insightpulseai.bridge.answer;

/**
 * A target cannot be called with the present settings: it is paused until an operator corrects
 * them. The message names the setting.
 */
public class NotConfigured extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public NotConfigured(String message) {
    super(message, null, false, false);
  }
}
