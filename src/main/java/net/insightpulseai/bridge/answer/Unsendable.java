package net.insightpulseai.bridge.answer;

/**
 * A row that no attempt can ever send; the message states why and is stored with its dead letter.
 */
public class Unsendable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public Unsendable(String message) {
    super(message);
  }
}
