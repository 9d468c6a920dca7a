package net.insightpulseai.bridge.subscriber;

/** Whether brokers of Kafka are configured. */
@FunctionalInterface
public interface KafkaAvailability {

  /** Fixed by the settings while the bridge runs. */
  boolean configured();
}
