package net.insightpulseai.bridge.odoo;

import net.insightpulseai.bridge.outbox.TargetProbe;

/** How Odoo answered the question who it is. */
public sealed interface Introduction {

  /** It said so. */
  record Told(OdooInfo info) implements Introduction {}

  /** There is no such address: the module is older than the question, or is not installed. */
  record Untold() implements Introduction {}

  /** It did not answer, or not as the module does. */
  record Failed(TargetProbe.Fault fault) implements Introduction {}
}
