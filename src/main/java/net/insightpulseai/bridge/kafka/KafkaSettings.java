package net.insightpulseai.bridge.kafka;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.outbox.RetrySchedule;
import net.insightpulseai.bridge.subscriber.KafkaAvailability;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The brokers and what their topics take. Security (TLS, SASL) is set by Camel's own options,
 * {@code camel.component.kafka.…}.
 *
 * @param bootstrapServers host:port, comma-separated; empty: there are no brokers
 * @param maxRecord the largest event that the topics take; larger ones are published thin
 * @param cloudEventsSource the attribute {@code source} of CloudEvents, a URI reference
 * @param retrySchedule how long to wait after the first, second, … failure of a delivery
 */
@Validated
@ConfigurationProperties("bridge.kafka")
public record KafkaSettings(
    @DefaultValue("") String bootstrapServers,
    @DefaultValue("1000KB") DataSize maxRecord,
    @DefaultValue("/odoo-supabase-bridge") String cloudEventsSource,
    @DefaultValue({"1s", "5s", "30s", "2m", "10m", "30m", "1h", "2h", "4h", "8h"})
        List<Duration> retrySchedule)
    implements KafkaAvailability {

  /** What a record takes besides its value: key, headers, and the form of a batch. */
  private static final int OVERHEAD = 24_000;

  /** RFC 3986 has no other characters, whereas Java's URI has. */
  private static final Pattern ASCII = Pattern.compile("[\\x21-\\x7e]{1,500}");

  private static final Pattern SERVERS =
      Pattern.compile(
          "([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}(, *([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5})*");

  public KafkaSettings {
    bootstrapServers = bootstrapServers.strip();
    if (!bootstrapServers.isEmpty() && !SERVERS.matcher(bootstrapServers).matches()) {
      throw new IllegalArgumentException(
          "bridge.kafka.bootstrap-servers must be host:port, several comma-separated, such as"
              + " kafka-1:9092,kafka-2:9092; found "
              + bootstrapServers);
    }
    if (maxRecord.toKilobytes() < 1 || maxRecord.toMegabytes() > 10) {
      throw new IllegalArgumentException(
          "bridge.kafka.max-record must be 1KB to 10MB; found " + maxRecord);
    }
    cloudEventsSource = cloudEventsSource.strip();
    if (!isReference(cloudEventsSource)) {
      throw new IllegalArgumentException(
          "bridge.kafka.cloud-events-source must be a URI or a path, such as"
              + " https://bridge.example.com/odoo or /odoo-supabase-bridge; found "
              + (cloudEventsSource.isEmpty() ? "nothing" : cloudEventsSource));
    }
    RetrySchedule.check("bridge.kafka.retry-schedule", retrySchedule);
  }

  @Override
  public boolean configured() {
    return !bootstrapServers.isEmpty();
  }

  private static boolean isReference(String text) {
    try {
      return !new URI(text).toString().isEmpty() && ASCII.matcher(text).matches();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The largest request of a producer, in bytes. */
  int maxRequest() {
    return Math.toIntExact(maxRecord.toBytes()) + OVERHEAD;
  }
}
