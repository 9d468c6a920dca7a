package net.insightpulseai.bridge.outbox;

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

  private int update(String target, Stop stop, String who, String why, boolean again) {
    return jdbc.update(
        SqlFile.read("queue/stop_target"),
        Map.of("target", target, "state", stop.word, "reason", why, "who", who, "again", again));
  }

  /**
   * Resumes sending to a stopped target.
   *
   * @return false if it was never stopped, or does not exist
   */
  public boolean resume(String target, String who, String why) {
    int resumed =
        jdbc.update(
            SqlFile.read("queue/resume_target"),
            Map.of("target", target, "who", who, "reason", why));
    wakeUp.wakeAll();
    if (resumed == 1) {
      LOG.info("{} is resumed by {}: {}", target, who, why);
    }
    return resumed == 1;
  }
}
