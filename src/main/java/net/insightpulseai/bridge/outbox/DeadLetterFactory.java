package net.insightpulseai.bridge.outbox;

/**
 * Makes what is kept of a row that died without its route: because it had expired, for example, or
 * because the route {@code dead-letter} failed itself.
 */
@FunctionalInterface
public interface DeadLetterFactory {

  /** Never throws: the outcomes of other rows are written with it. */
  DeadLetter create(String payload);
}
