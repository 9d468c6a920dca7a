package net.insightpulseai.bridge.cursor;

import java.util.Set;

/**
 * What has come behind a position.
 *
 * @param subscribers those of the given ones that ask for a type that has come
 * @param next up to where was looked
 * @param more whether there may be more right now
 */
public record Arrivals(Set<Long> subscribers, Position next, boolean more) {}
