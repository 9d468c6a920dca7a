package net.insightpulseai.bridge.lookup;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.http.Query;
import net.insightpulseai.bridge.retention.RetentionSettings;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/**
 * The id in {@code /bridge/trace/{correlation_id}}, and how long finished deliveries are kept,
 * become the parameters of {@code sql/lookup/trace.sql}.
 */
@Component("readTraceQuery")
class ReadTraceQuery implements Processor {

  private static final String NAME = "correlation_id";

  private final RetentionSettings retention;

  ReadTraceQuery(RetentionSettings retention) {
    this.retention = retention;
  }

  @Override
  public void process(Exchange exchange) {
    String given = PathPart.text(exchange, 2);
    Query path = new Query(Map.of(NAME, new String[] {given}), Set.of(NAME));
    String id = String.valueOf(path.uuid(NAME)).toLowerCase(Locale.ROOT);
    exchange.getMessage().setBody(Map.of(NAME, id, "kept", retention.finished().toSeconds()));
    exchange.setVariable(RouteVariables.CORRELATION_ID, id);
  }
}
