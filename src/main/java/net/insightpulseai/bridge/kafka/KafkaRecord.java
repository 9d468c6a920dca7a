package net.insightpulseai.bridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.RouteVariables;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record that was read from a topic, as the variable {@code kafkaRecord}.
 *
 * @param timestamp in milliseconds since 1970
 * @param value empty for a record without one
 * @param commit commits the offset behind it
 */
@SuppressWarnings("ArrayRecordComponent") // carried, never compared
record KafkaRecord(
    String topic,
    int partition,
    long offset,
    long timestamp,
    @Nullable Object key,
    Headers headers,
    byte[] value,
    KafkaManualCommit commit) {

  private static final Pattern ID = Pattern.compile("[\\x21-\\x7e]{1,200}");
  private static final int LONGEST_ID = 200;

  /** The record of this exchange. */
  static KafkaRecord of(Exchange exchange) {
    KafkaRecord record = exchange.getVariable(RouteVariables.KAFKA_RECORD, KafkaRecord.class);
    if (record == null) {
      throw new IllegalStateException(
          "route "
              + exchange.getFromRouteId()
              + " has no variable kafkaRecord; readKafkaRecord must come first");
    }
    return record;
  }

  /** The last header of this name as text; null if there is none. */
  @Nullable String header(String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  /**
   * What the record is called each time it is read: its header {@code webhook-id}, or its place.
   * The timestamp tells it from one of a topic that was deleted and made anew.
   */
  String id() {
    String given = header(EventHeaders.ID);
    if (given != null && ID.matcher(given).matches()) {
      return given;
    }
    String place = "kafka:" + topic + ":" + partition + ":" + offset + ":" + timestamp;
    return place.length() <= LONGEST_ID
        ? place
        : "kafka:" + UUID.nameUUIDFromBytes(place.getBytes(UTF_8));
  }

  /** Without key and value: exchanges may be shown. */
  @Override
  public String toString() {
    return "KafkaRecord[" + topic + "-" + partition + "@" + offset + "]";
  }
}
