package net.insightpulseai.bridge.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import net.insightpulseai.bridge.database.SqlFile;
import net.insightpulseai.bridge.outbox.BatchPolicy.Batching;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** The statements of one queue. Every method is one statement and its own transaction. */
final class QueueStore {

  /** The most lanes that one claim scans; bounds its cost when very many are in back-off. */
  private static final int STEPS = 500;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Queue queue;
  private final NamedParameterJdbcTemplate jdbc;
  private final String instance;
  private final boolean blockLaneOnError;
  private final DeadLetterFactory deadLetters;
  private final String targetsSql;
  private final String claimSql;
  private final String payloadSql;
  private final String ackSql;
  private final String bareAckSql;
  private final String rescueSql;
  private final String blockersSql;

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
    this.payloadSql = queue.sql("payload");
    this.ackSql = queue.sql("ack");
    this.bareAckSql = queue.sql("ack_bare");
    this.rescueSql = queue.sql("rescue");
    this.blockersSql = queue.sql("blockers");
  }

  /**
   * What became of outcomes; the rows in neither set had lost their lease.
   *
   * @param ids rows that were changed
   * @param locked rows that somebody else has locked, which are to be tried again
   */
  record Settled(Set<Long> ids, Set<Long> locked) {}

  /** Running targets that have something queued, due or not. */
  List<String> targets() {
    return jdbc.queryForList(targetsSql, Map.of(), String.class);
  }

  /**
   * Leases due rows of a target to this instance.
   *
   * @param batching which of them may share a call
   * @param room how much at most: a row that shares a call takes 1, one that goes alone takes as
   *     much as a whole call
   * @param after the lane after which to start; empty starts with the first
   * @throws org.springframework.dao.DuplicateKeyException if another instance took a lane at the
   *     same moment; nothing was claimed then
   */
  Claim claim(String target, Batching batching, int room, String after, Duration lease) {
    Map<String, Object> parameters =
        Map.of(
            "target", target,
            "room", room,
            "most", batching.maxRows(),
            "shared", String.join(",", batching.actions()),
            "after", after,
            "steps", STEPS,
            "block", blockLaneOnError,
            "queue", queue.label(),
            "instance", instance,
            "lease", lease.toMillis() / 1000d);
    try {
      return claim(parameters, true, rs -> rs.getString("payload"));
    } catch (DataAccessException e) {
      if (e instanceof DuplicateKeyException || SqlErrors.isPassing(e)) {
        throw e;
      }
      // One payload that cannot be converted to text must not hide the rows behind it.
      return claim(parameters, false, rs -> payload(rs.getLong("id")));
    }
  }

  private @Nullable String payload(long id) {
    try {
      return jdbc.queryForObject(payloadSql, Map.of("id", id), String.class);
    } catch (DataAccessException e) {
      if (SqlErrors.isPassing(e)) {
        throw e;
      }
      return null;
    }
  }

  /** Where a row's payload comes from. */
  private interface Payload {
    @Nullable String of(ResultSet rs) throws SQLException;
  }

  private Claim claim(Map<String, Object> parameters, boolean withPayload, Payload payload) {
    SqlParameterSource source =
        new MapSqlParameterSource(parameters).addValue("with_payload", withPayload);
    ResultSetExtractor<Claim> extractor = rs -> read(rs, payload);
    return jdbc.query(claimSql, source, extractor);
  }

  private static Claim read(ResultSet rs, Payload payload) throws SQLException {
    List<ClaimedRow> rows = new ArrayList<>();
    List<ClaimedRow> batchable = new ArrayList<>();
    List<Ack> unsendable = new ArrayList<>();
    String scannedTo = null;
    while (rs.next()) {
      scannedTo = rs.getString("scanned");
      if (rs.getObject("id") != null) {
        String text = payload.of(rs);
        ClaimedRow row = row(rs, text == null ? "null" : text);
        Outcome instead = insteadOfSending(rs, row, text);
        if (instead == null) {
          (rs.getBoolean("shares") ? batchable : rows).add(row);
        } else {
          unsendable.add(new Ack(row, instead, Duration.ZERO, true));
        }
      }
    }
    return new Claim(rows, batchable, unsendable, scannedTo);
  }

  private static @Nullable Outcome insteadOfSending(
      ResultSet rs, ClaimedRow row, @Nullable String payload) throws SQLException {
    if (rs.getBoolean("expired")) {
      return Outcome.dead("expired", "not_after has passed before it could be sent");
    }
    Integer limit = row.maxAttempts();
    if (limit != null && row.attempt() > limit) {
      // Only attempts without an outcome end here; the others were judged by their route.
      return Outcome.dead(
          Outcome.ATTEMPTS_SPENT, "its " + limit + " attempts ended without an outcome");
    }
    if (payload == null) {
      return Outcome.dead("unreadable", "its payload is gone, or larger than 16 MiB as text");
    }
    return null;
  }

  private static ClaimedRow row(ResultSet rs, String payload) throws SQLException {
    return new ClaimedRow(
        rs.getLong("id"),
        rs.getLong("lease_token"),
        rs.getString("target"),
        rs.getString("ordering_key"),
        rs.getString("idempotency_key"),
        rs.getInt("attempts"),
        rs.getObject("max_attempts", Integer.class),
        rs.getObject("correlation_id", UUID.class),
        rs.getInt("hop"),
        rs.getObject("replay_id", Long.class),
        rs.getObject("created_at", OffsetDateTime.class).toInstant(),
        payload);
  }

  /**
   * Writes outcomes.
   *
   * @return what became of them
   */
  Settled ack(List<Ack> acks) {
    return jdbc.query(
        ackSql, Map.of("queue", queue.label(), "acks", json(acks)), QueueStore::settled);
  }

  /** Updates a row and writes no details. */
  Settled ackBare(Ack ack) {
    return jdbc.query(bareAckSql, ack.bareParameters(), QueueStore::settled);
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

  private String json(List<Ack> acks) {
    try {
      return JSON.writeValueAsString(
          acks.stream().map(ack -> ack.parameters(deadLetters)).toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Queues rows again whose lease has ended, whoever held it; returns how many. */
  int rescue() {
    Integer rescued = jdbc.queryForObject(rescueSql, Map.of("queue", queue.label()), Integer.class);
    return rescued == null ? 0 : rescued;
  }

  /** Queues rows again that an earlier run of this instance left in flight; returns how many. */
  int releaseOwn() {
    Integer released =
        jdbc.queryForObject(
            queue.sql("release_instance"),
            Map.of("instance", instance, "queue", queue.label()),
            Integer.class);
    return released == null ? 0 : released;
  }

  /** Stops claiming for a target, on every replica. */
  void pause(String target, String reason) {
    jdbc.update(
        SqlFile.read("queue/stop_target"),
        Map.of(
            "target", target, "state", "paused", "reason", reason, "who", instance, "again", true));
  }
}
