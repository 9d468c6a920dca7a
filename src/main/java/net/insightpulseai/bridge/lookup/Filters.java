package net.insightpulseai.bridge.lookup;

import java.util.Map;
import net.insightpulseai.bridge.http.Query;
import org.jspecify.annotations.Nullable;

/** Filters that events and actions share. */
final class Filters {

  private Filters() {}

  static void putCommon(Query query, Map<String, @Nullable Object> filters) {
    putRecord(query.text("record"), filters);
    filters.put("correlation_id", query.uuid("correlation_id"));
    filters.put("causation_id", query.text("causation_id"));
    filters.put("since", query.time("since"));
    filters.put("until", query.time("until"));
  }

  private static void putRecord(@Nullable String record, Map<String, @Nullable Object> filters) {
    int colon = record == null ? -1 : record.indexOf(':');
    if (record != null && (colon < 1 || colon == record.length() - 1)) {
      throw Query.bad("record", "model:id, such as res.partner:42");
    }
    filters.put("model", record == null ? null : record.substring(0, colon));
    filters.put("record_id", record == null ? null : record.substring(colon + 1));
  }
}
