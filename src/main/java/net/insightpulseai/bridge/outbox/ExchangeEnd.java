package net.insightpulseai.bridge.outbox;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** How an exchange ended for its row: with the outcome that its route set, or without one. */
final class ExchangeEnd {

  private ExchangeEnd() {}

  /** The outcome of this exchange, which carried one row; with the dead letter it prepared. */
  static Outcome of(Exchange exchange) {
    Outcome outcome = Outcome.of(exchange);
    if (outcome == null) {
      return withoutOutcome(exchange.getException());
    }
    return outcome instanceof Dead dead ? dead.keeping(DeadLetter.of(exchange)) : outcome;
  }

  /**
   * What counts where a route set no outcome.
   *
   * @param failure what the route failed with, if nothing handled it
   */
  static Retry withoutOutcome(@Nullable Throwable failure) {
    String what = "route sets no outcome";
    return Outcome.retry(
        Outcome.NO_OUTCOME,
        failure == null ? what : what + ": it failed with " + failure.getClass().getName());
  }
}
