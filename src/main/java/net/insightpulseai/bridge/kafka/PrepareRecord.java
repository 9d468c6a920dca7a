package net.insightpulseai.bridge.kafka;

import net.insightpulseai.bridge.answer.NotConfigured;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.subscriber.Subscriber;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.springframework.stereotype.Component;

/**
 * Makes the delivery's event a record: its topic and key for the step {@code kafka:} that follows,
 * its headers, and the value. Camel's own names change between its versions, so they are only here.
 */
@Component("prepareKafkaRecord")
class PrepareRecord implements Processor {

  private final KafkaSettings settings;
  private final DeliveryRecords records;
  private final AbsentTopics absent;

  PrepareRecord(KafkaSettings settings, DeliveryRecords records, AbsentTopics absent) {
    this.settings = settings;
    this.records = records;
    this.absent = absent;
  }

  @Override
  public void process(Exchange exchange) {
    if (!settings.configured()) {
      throw new NotConfigured(
          "bridge.kafka.bootstrap-servers (KAFKA_BOOTSTRAP_SERVERS) is empty: it names the brokers");
    }
    EventRecord record = records.of(ClaimedRow.of(exchange), Subscriber.of(exchange));
    if (absent.contains(record.topic())) {
      throw new TopicAbsent(record.topic());
    }
    put(record, exchange.getMessage());
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
