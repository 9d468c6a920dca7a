package net.insightpulseai.bridge.kafka;

import net.insightpulseai.bridge.TestKafka;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A bridge with the broker of all tests. */
abstract class SharedKafkaFixture extends KafkaFixture {

  @DynamicPropertySource
  static void brokers(DynamicPropertyRegistry registry) {
    registry.add("KAFKA_BOOTSTRAP_SERVERS", () -> TestKafka.shared().servers());
  }
}
