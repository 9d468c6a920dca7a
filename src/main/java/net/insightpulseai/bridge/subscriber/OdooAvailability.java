package net.insightpulseai.bridge.subscriber;

/** Whether an Odoo, real or simulated, is configured. */
@FunctionalInterface
public interface OdooAvailability {

  /** Fixed by the settings while the bridge runs. */
  boolean configured();
}
