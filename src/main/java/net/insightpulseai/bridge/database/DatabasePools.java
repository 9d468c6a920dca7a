package net.insightpulseai.bridge.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.Map;

/** Opens a pool of connections for each purpose. */
final class DatabasePools {

  private static final String LIMITS = limits(Duration.ofSeconds(2), Duration.ofSeconds(30));

  private static final Duration HEALTH = Duration.ofSeconds(2);

  private final DatabaseAddress address;
  private final PoolSizes sizes;

  DatabasePools(DatabaseAddress address, PoolSizes sizes) {
    this.address = address;
    this.sizes = sizes;
  }

  HikariDataSource ingest() {
    // Its callers wait for ten seconds, and its batches are all or nothing.
    return open("ingest", sizes.ingest(), limits(Duration.ofSeconds(8), Duration.ofSeconds(12)));
  }

  HikariDataSource engine() {
    return open("engine", sizes.engine(), LIMITS + ";\n" + SqlFile.read("schema/engine_plans"));
  }

  HikariDataSource requests() {
    return open("requests", sizes.requests(), LIMITS);
  }

  HikariDataSource admin() {
    return open("admin", sizes.admin(), LIMITS);
  }

  /** One beside those of the setting: what holds all of them must not look like an outage. */
  HikariDataSource health() {
    HikariConfig pool = pool("health", 1, limits(HEALTH, HEALTH));
    pool.setIdleTimeout(0); // it stays, because it is asked for all the time
    // A connection that a failover has left behind is noticed soon.
    pool.addDataSourceProperty("socketTimeout", "5");
    return new HikariDataSource(pool);
  }

  private HikariDataSource open(String purpose, int size, String session) {
    return new HikariDataSource(pool(purpose, size, session));
  }

  private HikariConfig pool(String purpose, int size, String session) {
    HikariConfig pool = address.pool(size);
    pool.setPoolName("bridge-" + purpose);
    if (!address.pooler()) {
      // Behind a transaction pooler it would stay with the connection, for its next client.
      pool.setConnectionInitSql(session);
    }
    return pool;
  }

  /**
   * @param lock how long a statement may wait for a lock
   * @param statement how long it may take; what runs it may have a shorter limit
   */
  private static String limits(Duration lock, Duration statement) {
    return SqlFile.read(
        "schema/limits", Map.of("lock", millis(lock), "statement", millis(statement)));
  }

  private static String millis(Duration limit) {
    return String.valueOf(limit.toMillis());
  }
}
