package net.insightpulseai.bridge.partition;

import java.util.Map;
import javax.sql.DataSource;
import net.insightpulseai.bridge.database.SqlFile;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The details {@code partitions} of the management port: how many there are, and how long they last
 * if no further one is made. Always up: an event is stored until the last one is full.
 */
@Component("partitionsHealthIndicator")
class PartitionsHealth implements HealthIndicator {

  /** Four or more are made ahead; the incident {@code partitions_few} has the same limit. */
  private static final int FEW = 2;

  private static final int TIMEOUT_SECONDS = 2;

  private final JdbcTemplate jdbc;
  private final String sql = SqlFile.read("partition/health");

  PartitionsHealth(DataSource database) {
    this.jdbc = new JdbcTemplate(database);
    this.jdbc.setQueryTimeout(TIMEOUT_SECONDS);
  }

  @Override
  public Health health() {
    Map<String, Object> row;
    try {
      row = jdbc.queryForMap(sql);
    } catch (DataAccessException e) {
      return Health.up().withDetail("warning", "the partitions cannot be looked at now").build();
    }
    Health.Builder health = Health.up().withDetail("storage", row.get("storage"));
    if (!"partitions".equals(row.get("storage"))) {
      return health.build();
    }
    long empty = number(row, "empty");
    long left = number(row, "ids_left");
    long perDay = number(row, "per_day");
    health
        .withDetail("partitions", number(row, "there"))
        .withDetail("empty", empty)
        .withDetail("events_left", left);
    if (perDay > 0) {
      health.withDetail("days_left", left / perDay);
    }
    if (empty < FEW) {
      health.withDetail(
          "warning",
          "few partitions are left for new events, and none is made: the log says why not");
    }
    return health.build();
  }

  private static long number(Map<String, Object> row, String column) {
    return row.get(column) instanceof Number number ? number.longValue() : 0;
  }
}
