package net.insightpulseai.bridge.outbox;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.insightpulseai.bridge.database.SqlFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Which targets are running, paused or disabled. The state is in the database, where all replicas
 * see it.
 */
@Component
public class TargetStates {

  private static final Logger LOG = LoggerFactory.getLogger(TargetStates.class);

  /** Why nothing is sent to a target. */
  public enum Stop {
    /** Until an operator has corrected something. */
    PAUSED("paused"),
    /** The target itself wants no more. */
    DISABLED("disabled");

    private final String word;

    Stop(String word) {
      this.word = word;
    }
  }

  private final NamedParameterJdbcTemplate jdbc;
  private final QueueWakeUp wakeUp;

  TargetStates(NamedParameterJdbcTemplate jdbc, QueueWakeUp wakeUp) {
    this.jdbc = jdbc;
    this.wakeUp = wakeUp;
  }

  /**
   * Stops sending to a target, at an operator's request.
   *
   * @return false if there is no such target
   */
  public boolean stop(String target, Stop stop, String who, String why) {
    boolean exists = update(target, stop, who, why, true) == 1;
    if (exists) {
      LOG.info("{} is {} by {}: {}", target, stop.word, who, why);
    }
    return exists;
  }

  /** Stops sending to a target because of what it answered; the first reason stands. */
  public void stopBecause(String target, Stop stop, String why) {
    if (update(target, stop, "bridge", why, false) == 1) {
      LOG.error("{} is {}: {}. What is queued for it waits.", target, stop.word, why);
    }
  }

  /**
   * Pauses a target that is not stopped; one that is keeps who stopped it, and why.
   *
   * @return whether this paused it
   */
  public boolean pauseIfRunning(String target, String who, String why) {
    boolean paused = update(target, Stop.PAUSED, who, why, false) == 1;
    if (paused) {
      LOG.info("{} is paused by {}: {}", target, who, why);
    }
    return paused;
  }

  /** The targets that are stopped, one sentence for each. */
  List<String> stopped() {
    return jdbc.queryForList(SqlFile.read("queue/stopped_targets"), Map.of(), String.class);
  }

  private int update(String target, Stop stop, String who, String why, boolean again) {
    Integer stopped =
        jdbc.queryForObject(
            SqlFile.read("queue/stop_target"),
            Map.of("target", target, "state", stop.word, "reason", why, "who", who, "again", again),
            Integer.class);
    if (stopped != null && stopped > 0) {
      wakeUp.wakeAll();
    }
    return stopped == null ? 0 : stopped;
  }

  /** What became of a request to resume. */
  public enum Resumed {
    /** It was stopped, and is sent to again. */
    RESUMED,
    /** It was not stopped. */
    RUNNING,
    /** It is paused because the database is a copy, and stays so until somebody pairs. */
    COPY,
    /** There is no such target. */
    UNKNOWN
  }

  /** Resumes sending to a stopped target, at an operator's request. */
  public Resumed resume(String target, String who, String why) {
    return resume(target, who, why, false);
  }

  /** The same of one that is stopped by {@code who}; one that others stopped stays so. */
  public Resumed resumeOwn(String target, String who, String why) {
    return resume(target, who, why, true);
  }

  private Resumed resume(String target, String who, String why, boolean own) {
    String word =
        jdbc.queryForObject(
            SqlFile.read("queue/resume_target"),
            Map.of("target", target, "who", who, "reason", why, "own", own),
            String.class);
    Resumed resumed = Resumed.valueOf(String.valueOf(word).toUpperCase(Locale.ROOT));
    if (resumed == Resumed.RESUMED) {
      wakeUp.wakeAll();
      LOG.info("{} is resumed by {}: {}", target, who, why);
    }
    return resumed;
  }
}
