package net.insightpulseai.bridge.outbox;

import java.time.Instant;
import java.util.UUID;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.tracecontext.TraceContext;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * One row whose lease this instance holds. It is the variable {@code row} of the exchange that
 * carries it through its route.
 *
 * @param id the row's primary key in its queue
 * @param token fences the outcome: an ack with another token changes nothing
 * @param target where it goes: {@code odoo} or {@code subscriber:<id>}
 * @param orderingKey the lane within the target; empty is unordered
 * @param idempotencyKey the same for every attempt of this row
 * @param attempt which attempt this is, from 1
 * @param maxAttempts the row's own limit, if it has one; the target's retry schedule ends otherwise
 * @param correlationId links this row to its cause
 * @param hop how often the bridge has already passed this cause on
 * @param trace what the row was caused from, if anybody said
 * @param replayId the replay that made this row, if one did
 * @param createdAt when the row was made
 * @param payload what to deliver, as JSON text; its shape belongs to the queue. {@link
 *     #NOT_FETCHED} until the row starts, if it is large
 */
public record ClaimedRow(
    long id,
    long token,
    String target,
    String orderingKey,
    String idempotencyKey,
    int attempt,
    @Nullable Integer maxAttempts,
    UUID correlationId,
    int hop,
    @Nullable TraceContext trace,
    @Nullable Long replayId,
    Instant createdAt,
    String payload) {

  /** Stands for a payload that is fetched when the row starts: no JSON text is empty. */
  static final String NOT_FETCHED = "";

  /** Whether the payload is here. */
  boolean fetched() {
    return !payload.equals(NOT_FETCHED);
  }

  /** The same row with its payload. */
  ClaimedRow with(String fetched) {
    return new ClaimedRow(
        id,
        token,
        target,
        orderingKey,
        idempotencyKey,
        attempt,
        maxAttempts,
        correlationId,
        hop,
        trace,
        replayId,
        createdAt,
        fetched);
  }

  /** A row that is in no queue, for something that is sent only once. */
  public static ClaimedRow unqueued(
      String target, String idempotencyKey, Instant now, String payload) {
    return new ClaimedRow(
        0, 0, target, "", idempotencyKey, 1, null, UUID.randomUUID(), 0, null, null, now, payload);
  }

  /** Whether it is in a queue, so that its outcome counts. */
  public boolean queued() {
    return id != 0;
  }

  /**
   * The row that this exchange carries.
   *
   * @throws IllegalStateException if it did not come from an {@code outbox:} endpoint
   */
  public static ClaimedRow of(Exchange exchange) {
    ClaimedRow row = exchange.getVariable(RouteVariables.ROW, ClaimedRow.class);
    if (row == null) {
      throw new IllegalStateException(
          "route "
              + exchange.getFromRouteId()
              + " has no variable row; it must begin with outbox:");
    }
    return row;
  }

  /** Without the payload: exchanges may be shown. */
  @Override
  public String toString() {
    return "ClaimedRow[" + id + ", " + target + ", attempt " + attempt + "]";
  }
}
