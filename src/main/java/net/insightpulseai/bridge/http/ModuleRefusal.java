package net.insightpulseai.bridge.http;

/**
 * A refusal whose code Odoo's module reacts to. It is answered in JSON at an edge function's
 * address too, where the original contract has one line of text.
 */
public class ModuleRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  public ModuleRefusal(int status, String code, String message) {
    super(status, code, message);
  }
}
