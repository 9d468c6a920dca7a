package net.insightpulseai.bridge.lookup;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.http.Query;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The filters of {@code GET /bridge/actions} become the parameters of its statements. */
@Component("readActionsQuery")
class ReadActionsQuery implements Processor {

  private static final Set<String> FILTERS =
      Set.of(
          "status",
          "action",
          "target",
          "record",
          "correlation_id",
          "causation_id",
          "since",
          "until");

  @Override
  public void process(Exchange exchange) {
    Query query = ReadPage.query(exchange, FILTERS);
    Map<String, @Nullable Object> filters = new HashMap<>();
    filters.put("status", query.oneOf("status", Set.of("queued", "sent", "applied", "error")));
    filters.put("action", query.text("action"));
    filters.put("target", query.text("target"));
    Filters.putCommon(query, filters);
    ReadPage.setKeyset(exchange, "actions", query, filters);
  }
}
