package net.insightpulseai.bridge.lookup;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.http.Query;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The filters of {@code GET /bridge/events} become the parameters of its statements. */
@Component("readEventsQuery")
class ReadEventsQuery implements Processor {

  private static final Set<String> FILTERS =
      Set.of(
          "source",
          "event_type",
          "resource_id",
          "record",
          "correlation_id",
          "causation_id",
          "since",
          "until");

  @Override
  public void process(Exchange exchange) {
    Query query = ReadPage.query(exchange, FILTERS);
    Map<String, @Nullable Object> filters = new HashMap<>();
    filters.put("source", query.oneOf("source", Set.of("odoo", "supabase", "bridge")));
    filters.put("event_type", query.text("event_type"));
    filters.put("resource_id", query.text("resource_id"));
    Filters.putCommon(query, filters);
    ReadPage.setKeyset(exchange, "events", query, filters);
  }
}
