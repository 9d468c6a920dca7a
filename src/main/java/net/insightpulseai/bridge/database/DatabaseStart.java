package net.insightpulseai.bridge.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.insightpulseai.bridge.config.StartRefused;
import net.insightpulseai.bridge.database.DatabaseSettings.Migrate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits a limited time for the database, and updates its schema. */
final class DatabaseStart {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseStart.class);
  private static final long PAUSE_SECONDS = 1;

  private final DatabaseAddress address;
  private final DatabaseSettings settings;
  private final Duration patience;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * @param patience how long the database may be unavailable before the start fails; then the
   *     platform restarts the bridge, and its operators see why
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
    boolean warned = false;
    while (true) {
      try {
        return address.connect();
      } catch (SQLException e) {
        boolean timeLeft = System.nanoTime() - started < patience.toNanos();
        if (!timeLeft || !ConnectFailure.isTransient(e)) {
          throw e;
        }
        if (!warned) {
          LOG.warn(
              "Waiting up to {} s. {}", patience.toSeconds(), ConnectFailure.explain(e, address));
          warned = true;
          // Spring closes only what has started; without this hook, a signal to stop would wait as
          // well.
          Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-waiting"));
        }
        if (stoppedWithin(PAUSE_SECONDS)) {
          throw e;
        }
      }
    }
  }

  /** Stops waiting, so that the start fails if the database is still unavailable. */
  void stop() {
    stopped.countDown();
  }

  private boolean stoppedWithin(long seconds) {
    try {
      return stopped.await(seconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
