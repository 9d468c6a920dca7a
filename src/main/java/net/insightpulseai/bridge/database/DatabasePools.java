package net.insightpulseai.bridge.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Opens a pool of connections for each purpose. */
final class DatabasePools {

  private static final Duration LOCK = Duration.ofSeconds(2);
  private static final Map<String, String> ANY = Map.of("plans", "auto", "seqscan", "on");

  private final DatabaseAddress address;
  private final PoolSizes sizes;

  DatabasePools(DatabaseAddress address, PoolSizes sizes) {
    this.address = address;
    this.sizes = sizes;
  }

  HikariDataSource ingest() {
    // Its callers wait for ten seconds, and its batches are all or nothing.
    return open("ingest", sizes.ingest(), Duration.ofSeconds(8), Duration.ofSeconds(12), ANY);
  }

  HikariDataSource engine() {
    // Planning a claim takes longer than running it, and its plan depends on none of its
    // parameters. It is kept until the table is analysed: one that was made while the table was
    // small would go on reading all of it.
    return open(
        "engine",
        sizes.engine(),
        LOCK,
        Duration.ofSeconds(30),
        Map.of("plans", "force_generic_plan", "seqscan", "off"));
  }

  HikariDataSource requests() {
    return open("requests", sizes.requests(), LOCK, Duration.ofSeconds(30), ANY);
  }

  HikariDataSource admin() {
    return open("admin", sizes.admin(), LOCK, Duration.ofSeconds(30), ANY);
  }

  /**
   * @param lock how long a statement may wait for a lock
   * @param statement how long it may take; what runs it may have a shorter limit
   * @param planner the server's {@code plan_cache_mode} and {@code enable_seqscan}
   */
  private HikariDataSource open(
      String purpose, int size, Duration lock, Duration statement, Map<String, String> planner) {
    HikariConfig pool = address.pool(size);
    pool.setPoolName("bridge-" + purpose);
    if (!address.pooler()) {
      // Behind a transaction pooler it would hold for whoever gets the connection next.
      Map<String, String> settings = new HashMap<>(planner);
      settings.put("lock", millis(lock));
      settings.put("statement", millis(statement));
      pool.setConnectionInitSql(SqlFile.read("schema/limits", settings));
    }
    return new HikariDataSource(pool);
  }

  private static String millis(Duration limit) {
    return String.valueOf(limit.toMillis());
  }
}
