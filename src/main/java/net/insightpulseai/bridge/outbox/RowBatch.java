package net.insightpulseai.bridge.outbox;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Rows that go through a route together, because one call serves them all. It is the variable
 * {@code rows} of the exchange that carries them, and keeps what became of each.
 */
public final class RowBatch {

  /** The exchange variable that holds the group; an exchange with one row has none. */
  public static final String VARIABLE = "rows";

  private final List<ClaimedRow> rows;
  private final Map<Long, Outcome> outcomes = new ConcurrentHashMap<>();

  /**
   * @param rows of one target, each of another lane
   */
  public RowBatch(List<ClaimedRow> rows) {
    this.rows = List.copyOf(rows);
  }

  /**
   * The group that this exchange carries.
   *
   * @throws IllegalStateException if it carries none
   */
  public static RowBatch of(Exchange exchange) {
    RowBatch group = exchange.getVariable(VARIABLE, RowBatch.class);
    if (group == null) {
      throw new IllegalStateException(
          "route "
              + exchange.getFromRouteId()
              + " has no variable rows; only outbox: sends several together");
    }
    return group;
  }

  /** By ascending id. */
  public List<ClaimedRow> rows() {
    return rows;
  }

  /** This became of a row. */
  public void keep(ClaimedRow row, Outcome outcome) {
    outcomes.put(row.id(), outcome);
  }

  /** What became of the row that this exchange, a part of the group's, has taken to its end. */
  void keep(Exchange part) {
    ClaimedRow row = part.getVariable(ClaimedRow.VARIABLE, ClaimedRow.class);
    if (row != null) {
      outcomes.put(row.id(), ExchangeEnd.of(part));
    }
  }

  /**
   * In the order of the rows; none was set for a row that nothing was kept of.
   *
   * @param failure what the route failed with, if nothing handled it
   */
  List<Outcome> outcomes(@Nullable Throwable failure) {
    Outcome none = ExchangeEnd.withoutOutcome(failure);
    return rows.stream().map(row -> outcomes.getOrDefault(row.id(), none)).toList();
  }
}
