package net.insightpulseai.bridge.http;

/**
 * A refusal that Odoo's module acts upon by its code: it is told in JSON, also from an edge
 * function's address, where the original answered a line of text.
 */
public class ModuleRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  public ModuleRefusal(int status, String code, String message) {
    super(status, code, message);
  }
}
