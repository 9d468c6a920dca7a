package net.insightpulseai.bridge.cursor;

import java.util.List;

/**
 * What one read found.
 *
 * @param events those that go to the subscriber, in order; there may be none although there are
 *     {@code more}
 * @param next from where to read on: behind the last event that was looked at, matching or not
 * @param more whether there may be more right now
 */
public record EventBatch(List<OrderedEvent> events, Position next, boolean more) {}
