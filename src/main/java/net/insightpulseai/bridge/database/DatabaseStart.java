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

/** Waits for the database, for a while, and brings its schema up to date. */
final class DatabaseStart {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseStart.class);
  private static final long PAUSE_SECONDS = 1;

  private final DatabaseAddress address;
  private final DatabaseSettings settings;
  private final Duration patience;
  private final CountDownLatch stopped = new CountDownLatch(1);

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
          // Spring closes only what has started: without this a signal to end waits for us.
          Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop-waiting"));
        }
        if (stoppedWithin(PAUSE_SECONDS)) {
          throw e;
        }
      }
    }
  }

  /** Ends the waiting; a database that is not there by now is not waited for. */
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
