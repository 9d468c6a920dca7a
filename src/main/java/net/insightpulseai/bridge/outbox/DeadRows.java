package net.insightpulseai.bridge.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Queues dead rows again or gives them up, at an operator's request; each call is one statement.
 */
@Component
public class DeadRows {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** For a deadlock with outcomes that are being written; the other side proceeds meanwhile. */
  private static final int TRIES = 3;

  private static final RowMapper<Judged> JUDGED =
      (rs, n) ->
          new Judged(
              rs.getLong("row_id"),
              rs.getObject("letter_id", Long.class),
              rs.getString("outcome"),
              rs.getString("status"));

  private final NamedParameterJdbcTemplate jdbc;
  private final QueueWakeUp wakeUp;

  DeadRows(NamedParameterJdbcTemplate jdbc, QueueWakeUp wakeUp) {
    this.jdbc = jdbc;
    this.wakeUp = wakeUp;
  }

  /**
   * A dead row.
   *
   * @param rowId its id in its queue
   * @param letterId the open dead letter that is meant; null: any
   */
  public record Asked(long rowId, @Nullable Long letterId) {}

  /**
   * What an operator asks for.
   *
   * @param who and {@code why}: for the record
   * @param force also rows that a later one of their lane has overtaken
   * @param dryRun change nothing
   */
  public record Act(String who, String why, boolean force, boolean dryRun) {}

  /**
   * What became of a row, or would become of it in a dry run.
   *
   * @param outcome {@code requeued} or {@code discarded}; or why not: {@code overtaken}, {@code
   *     subscriber_deleted}, {@code already_resolved}, {@code not_dead}, {@code row_gone}
   * @param status the row's status as it was
   */
  public record Judged(
      long rowId, @Nullable Long letterId, String outcome, @Nullable String status) {}

  /** Queues rows again, with their idempotency keys and a full set of attempts. */
  public List<Judged> requeue(Queue queue, List<Asked> rows, Act act) {
    return act("requeue", queue, rows, act);
  }

  /** Resolves the dead letters of rows that are not to be sent any more. */
  public List<Judged> discard(Queue queue, List<Asked> rows, Act act) {
    return act("discard", queue, rows, act);
  }

  private List<Judged> act(String statement, Queue queue, List<Asked> rows, Act act) {
    Map<String, Object> parameters =
        Map.of(
            "queue", queue.label(),
            "asked", json(rows),
            "act", !act.dryRun(),
            "force", act.force(),
            "who", act.who(),
            "why", act.why());
    List<Judged> judged = query(queue.sql(statement), parameters, TRIES);
    if (!act.dryRun()) {
      // Also after a discard: it may have freed a lane that was held back.
      wakeUp.wake(queue.label());
    }
    return judged;
  }

  private List<Judged> query(String sql, Map<String, Object> parameters, int tries) {
    try {
      return jdbc.query(sql, parameters, JUDGED);
    } catch (PessimisticLockingFailureException e) {
      if (tries <= 1) {
        throw e;
      }
      return query(sql, parameters, tries - 1);
    }
  }

  private static String json(List<Asked> rows) {
    try {
      return JSON.writeValueAsString(
          rows.stream()
              .map(
                  row ->
                      row.letterId() == null
                          ? Map.of("row_id", row.rowId())
                          : Map.of("row_id", row.rowId(), "letter_id", row.letterId()))
              .toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
