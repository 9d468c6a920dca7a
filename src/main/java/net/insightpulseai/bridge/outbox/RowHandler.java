package net.insightpulseai.bridge.outbox;

import org.jspecify.annotations.Nullable;

/** Takes a claimed row through its route; the engine's view of a consumer. */
interface RowHandler {

  Handled handle(ClaimedRow row) throws Exception;

  /**
   * How the route ended.
   *
   * @param outcome what it said, if anything
   * @param letter what it prepared to be kept, if anything
   * @param failure what it failed with, if nothing handled it
   */
  record Handled(
      @Nullable Outcome outcome, @Nullable DeadLetter letter, @Nullable Throwable failure) {}
}
