package net.insightpulseai.bridge.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.outbox.BatchPolicy.Batching;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** The statements of one queue. Every method is one statement and its own transaction. */
final class QueueStore {

  /** The most lanes that one claim scans; bounds its cost when very many are in back-off. */
  private static final int STEPS = 500;

  /** The most lanes that are looked at for a forgotten row, each time. */
  private static final int SWEPT = 2_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Queue queue;
  private final NamedParameterJdbcTemplate jdbc;
  private final String instance;
  private final boolean blockLaneOnError;
  private final DeadLetterFactory deadLetters;
  private final String targetsSql;
  private final String claimSql;
  private final String claimPlainSql;
  private final String payloadSql;
  private final String ackSql;
  private final String bareAckSql;
  private final String rescueSql;
  private final String blockersSql;
  private final String promoteSql;
  private String sweptTarget = "";
  private String sweptLane = "";

  QueueStore(
      Queue queue,
      NamedParameterJdbcTemplate jdbc,
      String instance,
      boolean blockLaneOnError,
      DeadLetterFactory deadLetters) {
    this.queue = queue;
    this.jdbc = jdbc;
    this.instance = instance;
    this.blockLaneOnError = blockLaneOnError;
    this.deadLetters = deadLetters;
    this.targetsSql = queue.sql("targets");
    this.claimSql = queue.sql("claim");
    this.claimPlainSql = queue.sql("claim_plain");
    this.payloadSql = queue.sql("payload");
    this.ackSql = queue.sql("ack");
    this.bareAckSql = queue.sql("ack_bare");
    this.rescueSql = queue.sql("rescue");
    this.blockersSql = queue.sql("blockers");
    this.promoteSql = queue.sql("promote");
  }

  /**
   * What became of outcomes; the rows in neither set had lost their lease.
   *
   * @param ids rows that were changed
   * @param locked rows that somebody else has locked, which are to be tried again
   */
  record Settled(Set<Long> ids, Set<Long> locked) {}

  /**
   * Looks for targets that have something to claim.
   *
   * @param held targets of which to say whether they are stopped
   */
  Targets targets(Collection<String> held) {
    return jdbc.query(targetsSql, Map.of("held", json(held)), Targets::read);
  }

  /**
   * Leases due rows of a target to this instance.
   *
   * @param batching which of them may share a call
   * @param room how much at most: a row that shares a call takes 1, one that goes alone takes as
   *     much as a whole call
   * @param cursor how far the walk through the lanes has come
   * @throws org.springframework.dao.DuplicateKeyException if another instance took a lane at the
   *     same moment; nothing was claimed then
   */
  Claim claim(String target, Batching batching, int room, LaneCursor cursor, Duration lease) {
    return claim(
        claimSql,
        parameters(target, batching, room, lease)
            .addValue("after", cursor.after())
            .addValue("until", cursor.until())
            .addValue("steps", STEPS)
            .addValue("block", blockLaneOnError)
            .addValue("queue", queue.label()));
  }

  /** Leases due rows of a target that have no lane; as {@link #claim}, and shorter. */
  Claim claimPlain(String target, Batching batching, int room, Duration lease) {
    return claim(claimPlainSql, parameters(target, batching, room, lease));
  }

  private MapSqlParameterSource parameters(
      String target, Batching batching, int room, Duration lease) {
    return new MapSqlParameterSource()
        .addValue("target", target)
        .addValue("room", room)
        .addValue("most", batching.maxRows())
        .addValue("shared", String.join(",", batching.actions()))
        .addValue("instance", instance)
        .addValue("lease", lease.toMillis() / 1000d);
  }

  private Claim claim(String sql, MapSqlParameterSource parameters) {
    ResultSetExtractor<Claim> extractor = ClaimReader::read;
    try {
      return jdbc.query(sql, parameters.addValue("with_payload", true), extractor);
    } catch (DataAccessException e) {
      if (e instanceof DuplicateKeyException || SqlErrors.isPassing(e)) {
        throw e;
      }
      // One payload that cannot be converted to text must not hide the rows behind it.
      return jdbc.query(sql, parameters.addValue("with_payload", false), extractor);
    }
  }

  /** What a row carries; null if it is gone, too large, or cannot be converted to text. */
  @Nullable String payload(long id) {
    try {
      return jdbc.queryForObject(payloadSql, Map.of("id", id), String.class);
    } catch (DataAccessException e) {
      if (SqlErrors.isPassing(e)) {
        throw e;
      }
      return null;
    }
  }

  /**
   * Writes outcomes.
   *
   * @return what became of them
   */
  Settled ack(List<Ack> acks) {
    String each = json(acks.stream().map(ack -> ack.parameters(deadLetters)).toList());
    return jdbc.query(ackSql, Map.of("queue", queue.label(), "acks", each), QueueStore::settled);
  }

  /**
   * Updates a row and writes no details.
   *
   * @param letter whether a row that is dead gets a dead letter, with its reason only
   */
  Settled ackBare(Ack ack, boolean letter) {
    Map<String, @Nullable Object> parameters = ack.bareParameters();
    parameters.put("queue", queue.label());
    parameters.put("letter", letter);
    return jdbc.query(bareAckSql, parameters, QueueStore::settled);
  }

  private static Settled settled(ResultSet rs) throws SQLException {
    Set<Long> ids = new HashSet<>();
    Set<Long> locked = new HashSet<>();
    while (rs.next()) {
      (rs.getBoolean("locked") ? locked : ids).add(rs.getLong("id"));
    }
    return new Settled(ids, locked);
  }

  /** Whose transactions hold these rows, or what another statement of the bridge waits for. */
  List<Blocker> blockers(Collection<Long> ids) {
    return jdbc.query(
        blockersSql,
        Map.of("ids", ids.isEmpty() ? List.of(0L) : ids),
        (rs, n) -> new Blocker(rs.getInt("pid"), rs.getString("application")));
  }

  private static String json(Collection<?> values) {
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Queues rows again whose lease has ended, of any instance, and those of some instances.
   *
   * @param gone instances whose leases need not be waited for
   * @return how many
   */
  int rescue(Collection<String> gone) {
    Map<String, Object> parameters =
        Map.of("queue", queue.label(), "gone", gone.isEmpty() ? List.of("") : gone);
    Integer rescued = jdbc.queryForObject(rescueSql, parameters, Integer.class);
    return rescued == null ? 0 : rescued;
  }

  /** Queues rows again that an earlier run of this instance left in flight; returns how many. */
  int releaseOwn() {
    return rescue(List.of(instance));
  }

  /**
   * Lets claims look again at rows that are set aside with nothing left in front of them, in the
   * next two thousand lanes. Used by one thread.
   */
  void promote() {
    Map<String, Object> parameters =
        Map.of(
            "target", sweptTarget,
            "after", sweptLane,
            "steps", SWEPT,
            "block", blockLaneOnError,
            "queue", queue.label());
    sweptTarget = "";
    sweptLane = "";
    jdbc.query(
        promoteSql,
        parameters,
        rs -> {
          sweptTarget = rs.getString("target");
          sweptLane = rs.getString("ordering_key");
        });
  }

  /** Completes actions that came while triggers were off; returns how many. */
  int complete() {
    if (queue != Queue.ODOO_ACTIONS) {
      return 0;
    }
    Integer completed =
        jdbc.queryForObject(SqlFile.read("action/complete"), Map.of(), Integer.class);
    return completed == null ? 0 : completed;
  }

  /** Stops claiming for a target, on every replica. */
  void pause(String target, String reason) {
    jdbc.queryForObject(
        SqlFile.read("queue/stop_target"),
        Map.of(
            "target", target, "state", "paused", "reason", reason, "who", "bridge", "again", false),
        Integer.class);
  }
}
