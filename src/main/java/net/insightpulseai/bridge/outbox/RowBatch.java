package net.insightpulseai.bridge.outbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.insightpulseai.bridge.config.RouteVariables;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Rows that go through a route together, because they share one call. It is the variable {@code
 * rows} of the exchange that carries them, and collects the outcome of each.
 */
public final class RowBatch {

  private final List<ClaimedRow> rows;
  private final Map<Long, Outcome> outcomes = new ConcurrentHashMap<>();

  /**
   * @param rows of one target, each from a different lane
   */
  public RowBatch(List<ClaimedRow> rows) {
    this.rows = List.copyOf(rows);
  }

  /**
   * The batch that this exchange carries.
   *
   * @throws IllegalStateException if it carries none
   */
  public static RowBatch of(Exchange exchange) {
    RowBatch batch = exchange.getVariable(RouteVariables.ROWS, RowBatch.class);
    if (batch == null) {
      throw new IllegalStateException(
          "route "
              + exchange.getFromRouteId()
              + " has no variable rows; only outbox: sends several rows together");
    }
    return batch;
  }

  /** By ascending id. */
  public List<ClaimedRow> rows() {
    return rows;
  }

  /** Sets the outcome of a row. */
  public void keep(ClaimedRow row, Outcome outcome) {
    outcomes.put(row.id(), outcome);
  }

  /** The outcome of a row; null until it has one. */
  public @Nullable Outcome outcome(ClaimedRow row) {
    return outcomes.get(row.id());
  }

  /** Sets the outcome of the row that this part of the split exchange carried. */
  void keep(Exchange part) {
    ClaimedRow row = part.getVariable(RouteVariables.ROW, ClaimedRow.class);
    if (row != null) {
      outcomes.put(row.id(), ExchangeEnd.of(part));
    }
  }

  /**
   * The outcomes in the order of the rows; a row without one counts as failed.
   *
   * @param failure what the route failed with, if nothing handled it
   */
  List<Outcome> outcomes(@Nullable Throwable failure) {
    Outcome none = ExchangeEnd.withoutOutcome(failure);
    return rows.stream().map(row -> outcomes.getOrDefault(row.id(), none)).toList();
  }
}
