package net.insightpulseai.bridge.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

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

  /** The body that tells of it. */
  ObjectNode answer() {
    return contract(false, code, String.valueOf(getMessage()));
  }

  /** What every answer of the module begins with. */
  static ObjectNode contract(boolean ok, String code, String message) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    return answer.put("ok", ok).put("code", code).put("message", message).put("retryable", false);
  }
}
