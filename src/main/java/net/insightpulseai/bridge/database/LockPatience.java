package net.insightpulseai.bridge.database;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import net.insightpulseai.bridge.config.StartRefused;

/**
 * Tries again what needs locks that others hold. An act may wait only for a moment each time, by
 * the {@code lock_timeout} of its connection: everybody's inserts wait behind its request.
 */
public final class LockPatience {

  /** It waited for a lock for too long, or was chosen to give way in a deadlock. */
  private static final List<String> LOCKED = List.of("55P03", "40P01");

  private final DataSource dataSource;
  private final Duration patience;
  private final Duration pause;

  /**
   * @param dataSource connects as one who may see the sessions of others
   * @param patience how long to try for locks that others hold
   * @param pause between two tries, in which those who waited behind ours go on
   */
  public LockPatience(DataSource dataSource, Duration patience, Duration pause) {
    this.dataSource = dataSource;
    this.patience = patience;
    this.pause = pause;
  }

  /**
   * Does something, again and again while it fails for locks.
   *
   * @param act leaves nothing behind when it fails
   * @param waiting is told which sessions hold the locks, before each pause
   * @param tooLong what to throw when the patience has ended, from the sessions that hold them
   * @return what the act returns
   */
  public <T> T of(
      Supplier<T> act, Consumer<String> waiting, Function<String, StartRefused> tooLong) {
    long started = System.nanoTime();
    while (true) {
      try {
        return act.get();
      } catch (RuntimeException e) {
        if (LOCKED.stream().noneMatch(state -> SqlCause.hasState(e, state))) {
          throw e;
        }
        String blockers = Blockers.describe(dataSource);
        if (System.nanoTime() - started > patience.toNanos() || !paused(pause)) {
          throw tooLong.apply(blockers);
        }
        waiting.accept(blockers);
      }
    }
  }

  /** Returns false if the thread is to end. */
  static boolean paused(Duration pause) {
    try {
      // The thread of the start or of a command, which has nothing else to do and that no one can
      // wake: PostgreSQL tells nobody that a lock is free.
      Thread.sleep(pause.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
