package net.insightpulseai.bridge.odoo;

import net.insightpulseai.bridge.outbox.TargetProbe;

/** The result of asking Odoo for its identity and abilities. */
public sealed interface OdooInfoResult {

  /** Which Odoo it is, and what it can do. */
  record Known(OdooInfo info) implements OdooInfoResult {}

  /** There is no such address: the module is too old, or not installed. */
  record NotOffered() implements OdooInfoResult {}

  /** No answer, or not one of the module. */
  record Unavailable(TargetProbe.Fault fault) implements OdooInfoResult {}
}
