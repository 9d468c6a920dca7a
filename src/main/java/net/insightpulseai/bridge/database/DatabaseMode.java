package net.insightpulseai.bridge.database;

/**
 * What the way to the database allows.
 *
 * @param pooler a transaction pooler is in between: no session state, no named statements
 * @param listenPossible LISTEN works, so that the queues need not wait for their poll
 */
public record DatabaseMode(boolean pooler, boolean listenPossible) {}
