package net.insightpulseai.bridge.subscriber;

/** Whether there is an Odoo, real or simulated, that events can be sent to. */
@FunctionalInterface
public interface OdooAvailability {

  /** Fixed by the settings while the bridge runs. */
  boolean configured();
}
