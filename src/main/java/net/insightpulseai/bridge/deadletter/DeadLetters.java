package net.insightpulseai.bridge.deadletter;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.outbox.DeadRows;
import net.insightpulseai.bridge.outbox.Queue;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/** Requeues or discards dead letters, one or many, for an operator. */
@Component
class DeadLetters {

  /** Dead letters in one statement, so that others wait only briefly for its locks. */
  private static final int STEP = 500;

  /** How long one call may take, as its caller waits. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final NamedParameterJdbcTemplate jdbc;
  private final DeadRows rows;
  private final Clock clock;
  private final String rowSql = SqlFile.read("dead_letter/row");
  private final String newestSql = SqlFile.read("dead_letter/newest");
  private final String stepSql = SqlFile.read("dead_letter/step");

  DeadLetters(NamedParameterJdbcTemplate jdbc, DeadRows rows, Clock clock) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.clock = clock;
  }

  /**
   * The result of a bulk act.
   *
   * @param matched how many there were
   * @param outcomes how many had each outcome
   * @param complete false if the time was up; there may be more
   */
  record Tally(long matched, Map<String, Long> outcomes, boolean complete) {}

  private record Letter(long id, Queue queue, long rowId) {}

  /** Ends one; null if there is none with this id. */
  DeadRows.@Nullable Judged end(Resolution how, long id, DeadRows.Act act) {
    List<Letter> found =
        jdbc.query(
            rowSql,
            Map.of("id", id),
            (rs, n) -> new Letter(id, Queue.of(rs.getString("queue")), rs.getLong("row_id")));
    return found.isEmpty() ? null : end(how, found.get(0).queue(), found, act).get(0);
  }

  /** Ends all open ones that a filter finds, in steps of one transaction each. */
  Tally endAll(Resolution how, DeadLetterFilter filter, DeadRows.Act act) {
    Instant deadline = clock.instant().plus(LONGEST);
    Map<String, @Nullable Object> parameters = new HashMap<>(filter.parameters());
    parameters.put("newest", jdbc.queryForObject(newestSql, Map.of(), Long.class));
    parameters.put("limit", STEP);
    Map<String, Long> outcomes = new TreeMap<>();
    long matched = 0;
    List<Letter> step = List.of();
    do {
      Letter last = step.isEmpty() ? null : step.get(step.size() - 1);
      parameters.put("after_queue", last == null ? "" : last.queue().label());
      parameters.put("after_row", last == null ? 0 : last.rowId());
      parameters.put("after_letter", last == null ? 0 : last.id());
      step =
          jdbc.query(
              stepSql,
              parameters,
              (rs, n) ->
                  new Letter(
                      rs.getLong("id"), Queue.of(rs.getString("queue")), rs.getLong("row_id")));
      for (Queue queue : Queue.values()) {
        List<Letter> same = step.stream().filter(letter -> letter.queue() == queue).toList();
        end(how, queue, same, act).forEach(one -> outcomes.merge(one.outcome(), 1L, Long::sum));
      }
      matched += step.size();
    } while (step.size() == STEP && clock.instant().isBefore(deadline));
    return new Tally(matched, outcomes, step.size() < STEP);
  }

  private List<DeadRows.Judged> end(
      Resolution how, Queue queue, List<Letter> letters, DeadRows.Act act) {
    if (letters.isEmpty()) {
      return List.of();
    }
    List<DeadRows.Asked> asked = new ArrayList<>();
    letters.forEach(letter -> asked.add(new DeadRows.Asked(letter.rowId(), letter.id())));
    return how == Resolution.REQUEUED
        ? rows.requeue(queue, asked, act)
        : rows.discard(queue, asked, act);
  }
}
