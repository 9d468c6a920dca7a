package net.insightpulseai.bridge.outbox;

import org.jspecify.annotations.Nullable;

/**
 * The HTTP answer that led to an outcome, as it is stored with the row.
 *
 * @param body cut to a reasonable length; null if none was read
 */
public record Response(int status, @Nullable String body) {}
