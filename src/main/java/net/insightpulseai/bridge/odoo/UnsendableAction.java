package net.insightpulseai.bridge.odoo;

/** An action that no attempt can ever send; the message says why and goes to its dead letter. */
class UnsendableAction extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnsendableAction(String message) {
    super(message);
  }
}
