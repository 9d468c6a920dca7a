package net.insightpulseai.bridge.kafka;

import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the record that was refused one for another topic: as it came, with headers that say where
 * it was and why it was refused. It also sets the variable {@code deadRecord}.
 */
@Component("prepareDeadRecord")
class PrepareDeadRecord implements Processor {

  private static final Pattern INSTRUCTION =
      Pattern.compile("(kafka\\.|camel|org\\.apache\\.camel)", Pattern.CASE_INSENSITIVE);

  @Override
  public void process(Exchange exchange) {
    KafkaRecord record = KafkaRecord.of(exchange);
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    record
        .headers()
        .forEach(
            header -> {
              // What Camel would take for an instruction, such as another topic, stays behind.
              if (header.value() != null && !INSTRUCTION.matcher(header.key()).lookingAt()) {
                message.setHeader(header.key(), header.value());
              }
            });
    if (record.key() != null) {
      message.setHeader(KafkaConstants.KEY, record.key());
    }
    message.setHeader(
        "dead_from", record.topic() + "-" + record.partition() + "@" + record.offset());
    message.setHeader("dead_reason", reason(caught));
    if (caught instanceof Refusal refusal) {
      message.setHeader("dead_message", refusal.getMessage());
    }
    message.setBody(record.value());
    exchange.setVariable(RouteVariables.DEAD_RECORD, true);
  }

  private static String reason(@Nullable Exception caught) {
    if (caught instanceof Refusal refusal) {
      return refusal.code();
    }
    return caught == null ? "unknown" : caught.getClass().getSimpleName();
  }
}
