package net.insightpulseai.bridge.lookup;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.http.Query;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The filters of {@code GET /bridge/replays} become the parameters of its statement. */
@Component("readReplaysQuery")
class ReadReplaysQuery implements Processor {

  private static final Set<String> STATUSES = Set.of("running", "paused", "done", "cancelled");

  @Override
  public void process(Exchange exchange) {
    Query query = ReadPage.query(exchange, Set.of("status"));
    if (query.text("after") != null) {
      throw Query.bad("after", "absent: replays are listed newest first");
    }
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("status", query.oneOf("status", STATUSES));
    parameters.put("before", query.number("before"));
    ReadPage.set(exchange, "replays", query, false, parameters);
  }
}
