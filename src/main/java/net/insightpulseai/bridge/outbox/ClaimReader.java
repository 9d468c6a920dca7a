package net.insightpulseai.bridge.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.insightpulseai.bridge.tracecontext.TraceContext;
import org.jspecify.annotations.Nullable;

/** Reads what {@code sql/queue/claim.sql} returns, and sorts out the rows that cannot be sent. */
final class ClaimReader {

  /** How often a row may bring its worker down; the waits in between grow to an hour. */
  private static final int MOST_UNREPORTED = 20;

  private ClaimReader() {}

  /** Reads all rows of a claim, and where the walk through the lanes goes on. */
  static Claim read(ResultSet rs) throws SQLException {
    List<ClaimedRow> rows = new ArrayList<>();
    List<ClaimedRow> batchable = new ArrayList<>();
    List<Ack> unsendable = new ArrayList<>();
    LaneCursor next = null;
    while (rs.next()) {
      String scanned = rs.getString("scanned");
      next = scanned == null ? null : new LaneCursor(scanned, rs.getLong("until"));
      if (rs.getObject("id") != null) {
        ClaimedRow row = row(rs);
        Outcome instead = insteadOfSending(rs, row);
        if (instead == null) {
          (rs.getBoolean("shares") ? batchable : rows).add(row);
        } else {
          unsendable.add(new Ack(row, instead, Duration.ZERO, true));
        }
      }
    }
    return new Claim(rows, batchable, unsendable, next);
  }

  private static @Nullable Outcome insteadOfSending(ResultSet rs, ClaimedRow row)
      throws SQLException {
    if (rs.getBoolean("expired")) {
      return Outcome.dead("expired", "not_after has passed before it could be sent");
    }
    // Only attempts without an outcome end here; the others were judged by their route.
    Integer limit = row.maxAttempts();
    int unreported = rs.getInt("unreported");
    if (limit != null && row.attempt() + unreported > limit) {
      return Outcome.dead(
          Outcome.ATTEMPTS_SPENT, "its " + limit + " attempts ended without an outcome");
    }
    if (unreported >= MOST_UNREPORTED) {
      return Outcome.dead(
          Outcome.ATTEMPTS_SPENT,
          "its last " + unreported + " attempts ended without an outcome, over several hours");
    }
    return null;
  }

  private static ClaimedRow row(ResultSet rs) throws SQLException {
    String payload = rs.getString("payload");
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
        TraceContext.read(rs.getString("traceparent"), rs.getString("tracestate")),
        rs.getObject("replay_id", Long.class),
        rs.getObject("created_at", OffsetDateTime.class).toInstant(),
        payload == null ? ClaimedRow.NOT_FETCHED : payload);
  }
}
