package net.insightpulseai.bridge.outbox;

import java.util.HashMap;
import java.util.Map;
import net.insightpulseai.bridge.database.SqlFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Actions from before the bridge was installed, which wait for an operator to release or discard
 * them. Each act is one statement, with an audit event for each action.
 */
@Component
public class HeldActions {

  private static final Logger LOG = LoggerFactory.getLogger(HeldActions.class);

  /** What is done to them. */
  @FunctionalInterface
  public interface Act {
    /**
     * Does it.
     *
     * @param id of one action; null for all
     * @param who and {@code why}: for the record
     * @return to how many
     */
    int on(@Nullable Long id, String who, String why);
  }

  private final NamedParameterJdbcTemplate jdbc;
  private final QueueWakeUp wakeUp;

  HeldActions(NamedParameterJdbcTemplate jdbc, QueueWakeUp wakeUp) {
    this.jdbc = jdbc;
    this.wakeUp = wakeUp;
  }

  /**
   * How many there are.
   *
   * @param id of one action; null for all
   */
  public int count(@Nullable Long id) {
    return run("action/count_held", id, "", "");
  }

  /** Makes them due; an {@link Act}. */
  public int release(@Nullable Long id, String who, String why) {
    int released = run("action/release_held", id, who, why);
    wakeUp.wake(Queue.ODOO_ACTIONS.label());
    LOG.info("{} held actions are released by {}: {}", released, who, why);
    return released;
  }

  /** Ends them without applying them; an {@link Act}. */
  public int discard(@Nullable Long id, String who, String why) {
    int discarded = run("action/discard_held", id, who, why);
    LOG.info("{} held actions are discarded by {}: {}", discarded, who, why);
    return discarded;
  }

  private int run(String statement, @Nullable Long id, String who, String why) {
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("id", id);
    parameters.put("who", who);
    parameters.put("why", why);
    Integer rows = jdbc.queryForObject(SqlFile.read(statement), parameters, Integer.class);
    return rows == null ? 0 : rows;
  }
}
