package net.insightpulseai.bridge.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import net.insightpulseai.bridge.cursor.OrderedEvent;
import net.insightpulseai.bridge.delivery.ThinMessage;
import net.insightpulseai.bridge.delivery.Topic;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.tracecontext.TraceContext;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/** Makes records of the events of a stream; each is as a delivery of the event would be. */
@Component
class StreamRecords {

  private final KafkaSettings settings;
  private final ThinMessage thinMessage;

  StreamRecords(KafkaSettings settings, ThinMessage thinMessage) {
    this.settings = settings;
    this.thinMessage = thinMessage;
  }

  ProducerRecord<String, byte[]> of(OrderedEvent event, Subscriber subscriber) {
    try {
      ProducerRecord<String, byte[]> record =
          new ProducerRecord<>(
              EventRecord.topic(Topic.of(subscriber.topic(), event.company(), event.eventType())),
              event.lane().isEmpty() ? null : event.lane(),
              EventRecord.value(
                  event.message(), false, settings.maxRecord().toBytes(), thinMessage));
      new EventHeaders(
              "evt_" + event.id(),
              event.correlationId(),
              event.eventType(),
              event.lane(),
              event.createdAt(),
              TraceContext.read(event.traceparent(), event.tracestate()))
          .of(subscriber.format(), settings.cloudEventsSource())
          .forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
      return record;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("PostgreSQL made a message that is no JSON", e);
    }
  }
}
