package net.insightpulseai.bridge.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.insightpulseai.bridge.answer.NotConfigured;
import net.insightpulseai.bridge.answer.Unsendable;
import net.insightpulseai.bridge.delivery.ThinMessage;
import net.insightpulseai.bridge.delivery.Topic;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/**
 * Makes the delivery's event a record: its topic and key for the step {@code kafka:} that follows,
 * its headers, and the value. Camel's own names change between its versions, so they are only here.
 */
@Component("prepareKafkaRecord")
class PrepareRecord implements Processor {

  private final KafkaSettings settings;
  private final ThinMessage thinMessage;
  private final ObjectMapper json;

  PrepareRecord(
      KafkaSettings settings, ThinMessage thinMessage, @Qualifier("exactJson") ObjectMapper json) {
    this.settings = settings;
    this.thinMessage = thinMessage;
    this.json = json;
  }

  @Override
  public void process(Exchange exchange) {
    if (!settings.configured()) {
      throw new NotConfigured(
          "bridge.kafka.bootstrap-servers (KAFKA_BOOTSTRAP_SERVERS) is empty: it names the brokers");
    }
    put(record(ClaimedRow.of(exchange), Subscriber.of(exchange)), exchange.getMessage());
  }

  private EventRecord record(ClaimedRow row, Subscriber subscriber) {
    try {
      JsonNode event = json.readTree(row.payload());
      return new EventRecord(
          EventRecord.topic(Topic.of(subscriber.topic(), event)),
          row.orderingKey().isEmpty() ? null : row.orderingKey(),
          EventRecord.headers(
              row.idempotencyKey(),
              row.correlationId().toString(),
              event.path("event_type").asText(),
              row.trace()),
          EventRecord.value(
              row.payload(),
              subscriber.format() == Subscriber.Format.THIN,
              settings.maxRecord().toBytes(),
              thinMessage));
    } catch (JsonProcessingException e) {
      // Its message would quote the text.
      throw new Unsendable("the event cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static void put(EventRecord record, Message message) {
    message.removeHeaders("*");
    message.setHeader(KafkaConstants.OVERRIDE_TOPIC, record.topic());
    if (record.key() != null) {
      message.setHeader(KafkaConstants.KEY, record.key());
    }
    record.headers().forEach(message::setHeader);
    message.setBody(record.value());
  }
}
