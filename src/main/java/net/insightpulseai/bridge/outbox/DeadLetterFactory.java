package net.insightpulseai.bridge.outbox;

/**
 * Makes the dead letter of a row that did not go through the route {@code dead-letter}: because it
 * had expired, for example, or because that route failed itself.
 */
@FunctionalInterface
public interface DeadLetterFactory {

  /** Never throws: the outcomes of other rows are written in the same statement. */
  DeadLetter create(ClaimedRow row);
}
