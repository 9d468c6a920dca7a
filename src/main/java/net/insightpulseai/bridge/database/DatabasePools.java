package net.insightpulseai.bridge.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Map;

/** Opens a pool of connections for each purpose. */
final class DatabasePools {

  private static final Duration LOCK = Duration.ofSeconds(2);

  private final DatabaseAddress address;
  private final PoolSizes sizes;

  DatabasePools(DatabaseAddress address, PoolSizes sizes) {
    this.address = address;
    this.sizes = sizes;
  }

  HikariDataSource ingest() {
    // Its callers wait for ten seconds, and its batches are all or nothing.
    return open("ingest", sizes.ingest(), Duration.ofSeconds(8), Duration.ofSeconds(12), "auto");
  }

  HikariDataSource engine() {
    // Planning a claim takes longer than running it, and its plan depends on none of its
    // parameters.
    return open("engine", sizes.engine(), LOCK, Duration.ofSeconds(30), "force_generic_plan");
  }

  HikariDataSource requests() {
    return open("requests", sizes.requests(), LOCK, Duration.ofSeconds(30), "auto");
  }

  HikariDataSource admin() {
    return open("admin", sizes.admin(), LOCK, Duration.ofSeconds(30), "auto");
  }

  /**
   * @param lock how long a statement may wait for a lock
   * @param statement how long it may take; what runs it may have a shorter limit
   * @param plans the server's {@code plan_cache_mode}
   */
  private HikariDataSource open(
      String purpose, int size, Duration lock, Duration statement, String plans) {
    HikariConfig pool = address.pool(size);
    pool.setPoolName("bridge-" + purpose);
    if (!address.pooler()) {
      // Behind a transaction pooler it would hold for whoever gets the connection next.
      pool.setConnectionInitSql(
          SqlFile.read(
              "schema/limits",
              Map.of("lock", millis(lock), "statement", millis(statement), "plans", plans)));
    }
    return new HikariDataSource(pool);
  }

  private static String millis(Duration limit) {
    return String.valueOf(limit.toMillis());
  }
}
