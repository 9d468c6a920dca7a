package net.insightpulseai.bridge.lookup;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.http.PathPart;
import net.insightpulseai.bridge.http.Query;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Model and id in {@code /bridge/records/{model}/{id}}, and the cursor, become the parameters of
 * {@code sql/lookup/record.sql}.
 */
@Component("readRecordQuery")
class ReadRecordQuery implements Processor {

  /** Made by {@link WriteRecord}: time, kind and id of the last entry of a page. */
  private static final Pattern CURSOR =
      Pattern.compile("([0-9-]{10}T[0-9:]{8}\\.[0-9]{6}Z),(event|action),([0-9]{1,18})");

  @Override
  public void process(Exchange exchange) {
    Query query = ReadPage.query(exchange, Set.of());
    if (query.text("after") != null) {
      throw Query.bad("after", "absent: a record's history is listed newest first");
    }
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("model", PathPart.text(exchange, 2));
    parameters.put("record_id", PathPart.text(exchange, 3));
    putCursor(query.text("before"), parameters);
    ReadPage.set(exchange, "entries", query, false, parameters);
  }

  private static void putCursor(@Nullable String before, Map<String, @Nullable Object> parameters) {
    Matcher cursor = before == null ? null : CURSOR.matcher(before);
    if (cursor != null && !cursor.matches()) {
      throw Query.bad("before", "a cursor from the link to the next page");
    }
    parameters.put("before_at", cursor == null ? null : cursor.group(1));
    parameters.put("before_kind", cursor == null ? null : cursor.group(2));
    parameters.put("before_id", cursor == null ? null : Long.valueOf(cursor.group(3)));
  }
}
