package net.insightpulseai.bridge.kafka;

/**
 * The right to publish the events of one subscriber.
 *
 * @param subscriber its id
 * @param token fences what is written under this lease
 */
record StreamLease(long subscriber, long token) {}
