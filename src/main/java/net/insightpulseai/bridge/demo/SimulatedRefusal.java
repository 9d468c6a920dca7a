package net.insightpulseai.bridge.demo;

/** What the simulated Odoo refuses, in the form of the module's status contract. */
class SimulatedRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  SimulatedRefusal(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
