package net.insightpulseai.bridge.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal of the simulated Odoo, in the form of the status contract of the module. */
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

  /** The response body. */
  ObjectNode answer() {
    return contract(false, code, String.valueOf(getMessage()));
  }

  /** The fields that every answer of the module begins with. */
  static ObjectNode contract(boolean ok, String code, String message) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    return answer.put("ok", ok).put("code", code).put("message", message).put("retryable", false);
  }
}
