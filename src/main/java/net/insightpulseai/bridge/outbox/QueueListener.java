package net.insightpulseai.bridge.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import net.insightpulseai.bridge.database.DatabaseMode;
import net.insightpulseai.bridge.database.ListenConnections;
import net.insightpulseai.bridge.database.SqlFile;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Wakes the engine when the database announces new rows in a queue. It holds a connection of its
 * own (camel-pgevent delivers twice after a reconnect). Without it the engine polls.
 */
@Component
class QueueListener implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(QueueListener.class);
  private static final String LISTEN = SqlFile.read("queue/listen");
  private static final String HOLD = SqlFile.read("queue/hold_instance");
  private static final String LIST = SqlFile.read("queue/list_instance");
  private static final String STILL_THERE = SqlFile.read("queue/still_there");
  private static final Duration QUIET = Duration.ofSeconds(10);
  private static final int NO_ANSWER_MILLIS = 30_000;
  private static final Duration HOLD_AGAIN = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  // Shorter than others take to believe that this instance is gone.
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final ListenConnections connections;
  private final QueueWakeUp wakeUp;
  private final String instance;
  private final NamedParameterJdbcTemplate jdbc;
  private final boolean wanted;
  private final Signal stop = new Signal();
  private volatile @Nullable Connection open;
  private volatile boolean running;
  private volatile boolean listening;

  QueueListener(
      ListenConnections connections,
      DatabaseMode mode,
      OutboxSettings settings,
      Instance instance,
      NamedParameterJdbcTemplate jdbc,
      QueueWakeUp wakeUp) {
    this.connections = connections;
    this.instance = instance.name();
    this.jdbc = jdbc;
    this.wakeUp = wakeUp;
    this.wanted = settings.listen() && mode.listenPossible();
  }

  /** Whether notifications arrive now; false: the queues are polled. */
  boolean isListening() {
    return listening;
  }

  @Override
  public void start() {
    if (!wanted) {
      LOG.info("LISTEN is off, or not possible on this connection: the queues are polled");
      unlist();
      return;
    }
    running = true;
    Thread thread = new Thread(this::run, "queue-listener");
    thread.setDaemon(true);
    thread.start();
  }

  @SuppressWarnings("CatchThrowable")
  private void run() {
    Duration pause = FIRST_PAUSE;
    while (running) {
      try (Connection connection = connections.open()) {
        open = connection;
        // A server that is gone without a word is noticed by what is sent to it now and then.
        connection.setNetworkTimeout(Runnable::run, NO_ANSWER_MILLIS);
        listen(connection);
        pause = FIRST_PAUSE;
      } catch (SQLException e) {
        if (running) {
          LOG.warn(
              "Notifications of new rows are interrupted, the queues are polled; reconnecting in {} ms: {}",
              pause.toMillis(),
              e.getMessage());
          pause = rest(pause);
        }
      } catch (Throwable e) {
        LOG.error("The queue listener failed; it reconnects", e);
        pause = rest(pause);
      } finally {
        listening = false;
        open = null;
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(LISTEN);
      boolean held = hold(connection);
      long holdAt = System.nanoTime() + HOLD_AGAIN.toNanos();
      listening = true;
      // Notifications are not stored: a claim finds the rows that came while nothing listened.
      wakeUp.wakeAll();
      PGConnection notified = connection.unwrap(PGConnection.class);
      while (running) {
        PGNotification[] news = notified.getNotifications((int) QUIET.toMillis());
        if (news == null || news.length == 0) {
          statement.execute(STILL_THERE);
        } else {
          for (PGNotification notification : news) {
            wakeUp.wake(notification.getParameter());
          }
        }
        if (!held && System.nanoTime() - holdAt >= 0) {
          held = hold(connection);
          holdAt = System.nanoTime() + HOLD_AGAIN.toNanos();
        }
      }
    }
  }

  /** Shows the others that this instance lives; false while an earlier run of it seems to. */
  private boolean hold(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(HOLD);
        PreparedStatement list = connection.prepareStatement(LIST)) {
      lock.setString(1, instance);
      try (ResultSet row = lock.executeQuery()) {
        if (!row.next() || !row.getBoolean(1)) {
          return false;
        }
      }
      list.setString(1, instance);
      list.executeUpdate();
      return true;
    }
  }

  /** An earlier run under the same name may have been listed. */
  private void unlist() {
    try {
      jdbc.update(SqlFile.read("queue/unlist_instance"), Map.of("instance", instance));
    } catch (DataAccessException e) {
      LOG.warn(
          "This instance may be taken for one that is gone: {}",
          e.getMostSpecificCause().getMessage());
    }
  }

  private Duration rest(Duration pause) {
    try {
      stop.await(pause);
    } catch (InterruptedException e) {
      running = false;
    }
    Duration longer = pause.multipliedBy(2);
    return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  @Override
  public void stop() {
    running = false;
    stop.raise();
    Connection connection = open;
    if (connection != null) {
      try {
        // Ends the wait for notifications, which nothing else does.
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debug("The listening connection was closed already", e);
      }
    }
  }

  /**
   * Stops after Camel: the calls in flight are still this instance's, and others would send them
   * again if its lock were gone.
   */
  @Override
  public int getPhase() {
    return 0;
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
