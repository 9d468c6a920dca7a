package net.insightpulseai.bridge.history;

import java.util.ArrayDeque;
import java.util.Deque;
import net.insightpulseai.bridge.config.RootCause;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Versions that run and are not recorded yet. An edit never waits for the database: what it does
 * not take now is offered to it again.
 */
@Component
public class VersionLog {

  private static final Logger LOG = LoggerFactory.getLogger(VersionLog.class);

  /** So many are kept in memory while the database is away. */
  private static final int MOST = 100;

  private final Versions versions;
  private final Deque<AppliedVersion> waiting = new ArrayDeque<>();
  private boolean failing;

  VersionLog(Versions versions) {
    this.versions = versions;
  }

  /** Keeps it in memory; returns at once. */
  public void add(AppliedVersion version) {
    synchronized (waiting) {
      if (waiting.size() == MOST) {
        LOG.error(
            "Routes {} are never recorded: {} versions wait for the database already",
            waiting.removeFirst().files().shown(),
            MOST);
      }
      waiting.addLast(version);
    }
  }

  /** Records what waits, oldest first, until the database takes no more. */
  public void flush() {
    for (AppliedVersion next = first(); next != null; next = first()) {
      try {
        long id = versions.record(next);
        LOG.info("Routes {} are version {}", next.files().shown(), id);
        failing = false;
      } catch (RuntimeException e) {
        // Whatever it is: the pin is followed on the same thread.
        if (!failing) {
          LOG.warn(
              "Routes {} are not recorded as a version, which is tried again until it succeeds: {}",
              next.files().shown(),
              RootCause.line(e));
        }
        failing = true;
        return;
      }
      synchronized (waiting) {
        waiting.remove(next);
      }
    }
  }

  private @Nullable AppliedVersion first() {
    synchronized (waiting) {
      return waiting.peekFirst();
    }
  }
}
