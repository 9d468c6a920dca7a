package net.insightpulseai.bridge.partition;

import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Threads that insert events one by one, by prepared statements, until they are told to end. */
final class Writers implements AutoCloseable {

  private final List<Thread> threads = new ArrayList<>();
  private final Queue<SQLException> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong written = new AtomicLong();
  private volatile boolean ended;

  Writers(DataSource database, int count) {
    for (int n = 0; n < count; n++) {
      Thread thread = new Thread(() -> write(database), "writer-" + n);
      thread.start();
      threads.add(thread);
    }
  }

  private void write(DataSource database) {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into public.audit_event (source, event_type, resource_id) values ('odoo', 'a.b', ?)")) {
      while (!ended) {
        insert.setString(1, String.valueOf(written.get()));
        try {
          insert.executeUpdate();
          written.incrementAndGet();
        } catch (SQLException e) {
          failures.add(e);
        }
      }
    } catch (SQLException e) {
      failures.add(e);
    }
  }

  /** Waits until so many more events are stored. */
  void writeAtLeast(long more) {
    long goal = written.get() + more;
    await().atMost(Duration.ofMinutes(1)).until(() -> written.get() >= goal);
  }

  void end() throws InterruptedException {
    ended = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  long written() {
    return written.get();
  }

  List<SQLException> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() throws InterruptedException {
    end();
  }
}
