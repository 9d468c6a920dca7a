package net.insightpulseai.bridge.outbox;

import java.util.List;

/** Takes claimed rows through their route; the engine's view of a consumer. */
interface RowHandler {

  /**
   * Takes one row, or several that share a call.
   *
   * @return the outcome of each, in their order
   */
  List<Outcome> handle(List<ClaimedRow> rows) throws Exception;
}
