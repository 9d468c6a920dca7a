package net.insightpulseai.bridge.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import net.insightpulseai.bridge.answer.Unsendable;
import net.insightpulseai.bridge.delivery.ThinMessage;
import net.insightpulseai.bridge.delivery.Topic;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** Makes records of deliveries; each is as that of a stream would be. */
@Component
class DeliveryRecords {

  private final KafkaSettings settings;
  private final ThinMessage thinMessage;
  private final ObjectMapper json;

  DeliveryRecords(
      KafkaSettings settings, ThinMessage thinMessage, @Qualifier("exactJson") ObjectMapper json) {
    this.settings = settings;
    this.thinMessage = thinMessage;
    this.json = json;
  }

  /**
   * The record of a delivery.
   *
   * @throws Unsendable if its event cannot be read
   */
  EventRecord of(ClaimedRow row, Subscriber subscriber) {
    try {
      JsonNode event = json.readTree(row.payload());
      EventHeaders headers =
          new EventHeaders(
              row.idempotencyKey(),
              row.correlationId().toString(),
              event.path("event_type").asText(),
              row.orderingKey(),
              time(event.path("created_at").asText()),
              row.trace());
      return new EventRecord(
          topic(event, subscriber),
          row.orderingKey().isEmpty() ? null : row.orderingKey(),
          headers.of(subscriber.format(), settings.cloudEventsSource()),
          EventRecord.value(
              row.payload(),
              subscriber.format() == Subscriber.Format.THIN,
              settings.maxRecord().toBytes(),
              thinMessage));
    } catch (JsonProcessingException e) {
      throw unreadable(e);
    }
  }

  /**
   * The topic that a delivery goes to.
   *
   * @throws Unsendable if its event cannot be read
   */
  String topic(ClaimedRow row, Subscriber subscriber) {
    try {
      return topic(json.readTree(row.payload()), subscriber);
    } catch (JsonProcessingException e) {
      throw unreadable(e);
    }
  }

  private static String topic(JsonNode event, Subscriber subscriber) {
    return EventRecord.topic(Topic.of(subscriber.topic(), event));
  }

  private static @Nullable Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Its message would quote the text. */
  private static Unsendable unreadable(JsonProcessingException e) {
    return new Unsendable("the event cannot be read: " + e.getClass().getSimpleName());
  }
}
