package net.insightpulseai.bridge.kafka;

import java.time.Duration;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.stereotype.Component;

/**
 * Opens producers for streams, with the options of Camel's component. Not through a route: a list
 * that Camel sends goes on behind a record that has failed, which would break the order, and its
 * producer cannot be told to drop what it has not sent.
 */
@Component
class StreamProducers {

  private static final int LINGER_MILLIS = 5;

  /** Well below what topics take: one that takes less makes the producer split a batch for ever. */
  private static final int BATCH_BYTES = 32 * 1024;

  private static final Duration LONGEST_BLOCK = Duration.ofSeconds(5);
  private static final Duration REQUEST = Duration.ofSeconds(10);

  private final CamelContext camel;
  private final KafkaSettings settings;

  StreamProducers(CamelContext camel, KafkaSettings settings) {
    this.camel = camel;
    this.settings = settings;
  }

  /**
   * A producer for one publisher. What it was given it sends in this order, however long the
   * brokers are away: a record that it gave up would be overtaken by those behind it.
   *
   * @throws org.apache.kafka.common.KafkaException if the options make no sense
   */
  Producer<String, byte[]> open() {
    KafkaConfiguration options =
        camel.getComponent("kafka", KafkaComponent.class).getConfiguration().copy();
    options.setRequestRequiredAcks("all");
    options.setEnableIdempotence(true);
    options.setMaxInFlightRequest(5);
    options.setLingerMs(LINGER_MILLIS);
    options.setProducerBatchSize(BATCH_BYTES);
    options.setMaxRequestSize(settings.maxRequest());
    options.setMaxBlockMs(Math.toIntExact(LONGEST_BLOCK.toMillis()));
    options.setRequestTimeoutMs(Math.toIntExact(REQUEST.toMillis()));
    options.setDeliveryTimeoutMs(Integer.MAX_VALUE);
    Properties properties = options.createProducerProperties();
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
  }
}
