package net.insightpulseai.bridge.lookup;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.http.Query;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.stereotype.Component;

/** The id in {@code /bridge/trace/{correlation_id}} becomes the parameter of its statement. */
@Component("readTraceQuery")
class ReadTraceQuery implements Processor {

  private static final String NAME = "correlation_id";

  @Override
  public void process(Exchange exchange) {
    String given = PathPart.text(exchange, 2);
    Query path = new Query(Map.of(NAME, new String[] {given}), Set.of(NAME));
    String id = String.valueOf(path.uuid(NAME)).toLowerCase(Locale.ROOT);
    exchange.getMessage().setBody(Map.of(NAME, id));
    exchange.setVariable(WriteTrace.CORRELATION_ID, id);
  }
}
