package net.insightpulseai.bridge.refusal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import net.insightpulseai.bridge.database.SqlFile;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** The table {@code bridge.refusal_count}. */
@Component
class RefusalCountTable {

  private static final int TIMEOUT_SECONDS = 3;
  private static final String ADD = SqlFile.read("refusal/add_counts");
  private static final String COUNTS = SqlFile.read("refusal/counts");

  private final NamedParameterJdbcTemplate jdbc;

  RefusalCountTable(@Qualifier("requestDatabase") DataSource database) {
    JdbcTemplate template = new JdbcTemplate(database);
    template.setQueryTimeout(TIMEOUT_SECONDS);
    this.jdbc = new NamedParameterJdbcTemplate(template);
  }

  /**
   * Adds counts to those that are stored.
   *
   * @throws org.springframework.dao.DataAccessException if the database is unavailable
   */
  void add(List<RefusalCounts.Count> counts) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    counts.forEach(
        one ->
            rows.addObject()
                .put("hour", one.hour().toString())
                .put("reason", one.reason())
                .put("address", one.address())
                .put("count", one.count())
                .put("first_at", one.first().toString())
                .put("last_at", one.last().toString()));
    jdbc.update(ADD, Map.of("counts", rows.toString()));
  }

  /**
   * The counts as JSON, the newest first: 1,000 by address, and the rest by hour and reason.
   *
   * @throws org.springframework.dao.DataAccessException if the database is unavailable
   */
  ArrayNode newest() {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    jdbc.query(
        COUNTS,
        row -> {
          rows.addObject()
              .put("hour", time(row.getObject("hour", OffsetDateTime.class)))
              .put("reason", row.getString("reason"))
              .put("address", row.getString("address"))
              .put("count", row.getLong("count"))
              .put("first", time(row.getObject("first_at", OffsetDateTime.class)))
              .put("last", time(row.getObject("last_at", OffsetDateTime.class)));
        });
    return rows;
  }

  private static String time(OffsetDateTime time) {
    return time.toInstant().toString();
  }
}
