package net.insightpulseai.bridge.lookup;

import java.util.Map;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.retention.RetentionSettings;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * The id in {@code /bridge/events/{id}/deliveries}, and how long finished deliveries are kept,
 * become the parameters of {@code sql/lookup/event_deliveries.sql}.
 */
@Component("readExplainQuery")
class ReadExplainQuery implements Processor {

  private final RetentionSettings retention;

  ReadExplainQuery(RetentionSettings retention) {
    this.retention = retention;
  }

  @Override
  public void process(Exchange exchange) {
    exchange
        .getMessage()
        .setBody(Map.of("id", PathPart.id(exchange), "kept", retention.finished().toSeconds()));
  }
}
