package net.insightpulseai.bridge.kafka;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.springframework.stereotype.Component;

/**
 * What the broker acknowledged becomes an answer for {@code decideOutcome}: status 200, and where
 * the record is. Without an acknowledgement there is no answer, and so no outcome: a route that has
 * lost its step {@code kafka:} delivers nothing.
 */
@Component("readKafkaAck")
class ReadAck implements Processor {

  private static final int ACKNOWLEDGED = 200;

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    Object acknowledged = message.getHeader(KafkaConstants.KAFKA_RECORD_META);
    message.removeHeaders("*");
    message.setBody(null);
    if (acknowledged instanceof List<?> all
        && !all.isEmpty()
        && all.get(0) instanceof RecordMetadata where) {
      message.setHeader(Exchange.HTTP_RESPONSE_CODE, ACKNOWLEDGED);
      message.setBody(where.toString());
    }
  }
}
