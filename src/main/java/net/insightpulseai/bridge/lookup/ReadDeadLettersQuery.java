package net.insightpulseai.bridge.lookup;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.http.Query;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The filters of {@code GET /bridge/dead-letters} become the parameters of its statements. */
@Component("readDeadLettersQuery")
class ReadDeadLettersQuery implements Processor {

  private static final Set<String> FILTERS =
      Set.of(
          "queue",
          "target",
          "subscriber",
          "reason",
          "fault",
          "resolution",
          "correlation_id",
          "since",
          "until");

  @Override
  public void process(Exchange exchange) {
    Query query = ReadPage.query(exchange, FILTERS);
    Map<String, @Nullable Object> filters = new HashMap<>();
    filters.put("queue", query.oneOf("queue", Set.of("odoo-actions", "event-deliveries")));
    filters.put("target", query.text("target"));
    filters.put("subscriber", query.text("subscriber"));
    filters.put("reason", query.text("reason"));
    filters.put("fault", query.oneOf("fault", Set.of("other_side", "bridge")));
    String resolution = query.oneOf("resolution", Set.of("open", "requeued", "discarded", "all"));
    filters.put("resolution", resolution == null ? "open" : resolution);
    filters.put("correlation_id", query.uuid("correlation_id"));
    filters.put("since", query.time("since"));
    filters.put("until", query.time("until"));
    ReadPage.setKeyset(exchange, "dead_letters", query, filters);
  }
}
