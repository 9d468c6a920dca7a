package net.insightpulseai.bridge.odoo;

import net.insightpulseai.bridge.outbox.TargetProbe;

/** How Odoo answered the question who it is. */
public sealed interface OdooInfoResult {

  /** Which Odoo it is, and what it can do. */
  record Known(OdooInfo info) implements OdooInfoResult {}

  /** There is no such address: the module is older than the question, or is not installed. */
  record NotOffered() implements OdooInfoResult {}

  /** It did not answer, or not as the module does. */
  record Unavailable(TargetProbe.Fault fault) implements OdooInfoResult {}
}
