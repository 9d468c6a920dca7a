package net.insightpulseai.bridge.kafka;

import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.tracecontext.TraceContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.apache.kafka.common.header.Headers;
import org.springframework.stereotype.Component;

/**
 * A record of a topic becomes the variable {@code kafkaRecord}, its value the body, and its id the
 * variable {@code signedId}: the id of an event, or the idempotency key of an action, whose body
 * has none. All headers are removed.
 */
@Component("readKafkaRecord")
class ReadRecord implements Processor {

  @Override
  public void process(Exchange exchange) {
    Message message = exchange.getMessage();
    KafkaManualCommit commit =
        message.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class);
    if (commit == null) {
      throw new IllegalStateException(
          "route "
              + exchange.getFromRouteId()
              + " reads a record that it cannot commit; kafka: needs autoCommitEnable: false and"
              + " allowManualCommit: true");
    }
    byte[] value = message.getBody(byte[].class);
    KafkaRecord record =
        new KafkaRecord(
            message.getHeader(KafkaConstants.TOPIC, String.class),
            message.getHeader(KafkaConstants.PARTITION, Integer.class),
            message.getHeader(KafkaConstants.OFFSET, Long.class),
            message.getHeader(KafkaConstants.TIMESTAMP, Long.class),
            message.getHeader(KafkaConstants.KEY),
            message.getHeader(KafkaConstants.HEADERS, Headers.class),
            value == null ? new byte[0] : value,
            commit);
    exchange.setVariable(RouteVariables.KAFKA_RECORD, record);
    exchange.setVariable(RouteVariables.SIGNED_ID, record.id());
    TraceContext trace =
        TraceContext.read(
            record.header(TraceContext.TRACEPARENT), record.header(TraceContext.TRACESTATE));
    if (trace != null) {
      trace.setOn(exchange);
    }
    message.removeHeaders("*");
    message.setBody(record.value());
  }
}
