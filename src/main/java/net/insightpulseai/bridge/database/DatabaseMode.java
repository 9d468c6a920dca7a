package net.insightpulseai.bridge.database;

/**
 * What the connection to the database allows.
 *
 * @param pooler whether it goes through a transaction pooler: no session state, no named statements
 * @param listenPossible whether LISTEN works, so that the queues need not wait for their poll
 */
public record DatabaseMode(boolean pooler, boolean listenPossible) {}
