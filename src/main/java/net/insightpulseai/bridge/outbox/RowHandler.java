package net.insightpulseai.bridge.outbox;

import java.util.List;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Takes claimed rows through their route; the engine's view of a consumer. */
interface RowHandler {

  /**
   * Takes one row, or several that share a call.
   *
   * @return how it ended for each, in their order
   */
  List<Handled> handle(List<ClaimedRow> rows) throws Exception;

  /**
   * How the route ended for a row.
   *
   * @param outcome what it said, if anything
   * @param letter what it prepared to be kept, if anything
   * @param failure what it failed with, if nothing handled it
   */
  record Handled(
      @Nullable Outcome outcome, @Nullable DeadLetter letter, @Nullable Throwable failure) {

    /** As this exchange says, which carried one row. */
    static Handled by(Exchange exchange) {
      return new Handled(Outcome.of(exchange), DeadLetter.of(exchange), exchange.getException());
    }
  }
}
