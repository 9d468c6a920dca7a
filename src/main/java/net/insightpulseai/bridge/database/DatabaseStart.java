package net.insightpulseai.bridge.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import net.insightpulseai.bridge.StartRefused;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the database, for a while, and brings its schema up to date. */
final class DatabaseStart {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseStart.class);
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final DatabaseAddress address;
  private final DatabaseSettings settings;
  private final Duration patience;

  /**
   * @param patience how long a database may be away before the start is given up; after it, the
   *     platform restarts us, and its operators see why
   */
  DatabaseStart(DatabaseAddress address, DatabaseSettings settings, Duration patience) {
    this.address = address;
    this.settings = settings;
    this.patience = patience;
  }

  void prepare() {
    try (Connection connection = connect()) {
      if (address.pooler() && settings.migrate() != Migrate.OFF) {
        PoolerSchema.require(connection);
      }
    } catch (SQLException e) {
      throw new StartRefused(ConnectFailure.explain(e, address));
    }
    if (!address.pooler()) {
      new Migrations(address.dataSource(), settings.authenticatedRead()).apply(settings.migrate());
    }
  }

  private Connection connect() throws SQLException {
    long started = System.nanoTime();
    boolean told = false;
    while (true) {
      try {
        return address.connect();
      } catch (SQLException e) {
        boolean timeLeft = System.nanoTime() - started < patience.toNanos();
        if (!timeLeft || !ConnectFailure.mayPass(e)) {
          throw e;
        }
        if (!told) {
          LOG.warn(
              "Waiting up to {} s. {}", patience.toSeconds(), ConnectFailure.explain(e, address));
          told = true;
        }
        LockSupport.parkNanos(PAUSE);
      }
    }
  }
}
