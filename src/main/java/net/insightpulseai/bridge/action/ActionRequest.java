package net.insightpulseai.bridge.action;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An action as a caller asked for it.
 *
 * @param columns parameters of {@code sql/action/enqueue.sql}; absent ones are null and left to the
 *     database
 * @param atMost how long the caller wants to wait; null means as long as the setting
 */
record ActionRequest(Map<String, @Nullable Object> columns, @Nullable Duration atMost) {}
