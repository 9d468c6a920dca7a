package net.insightpulseai.bridge.replay;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which stored events to deliver again, and to whom.
 *
 * @param parameters of {@code sql/replay/plan.sql}
 * @param dryRun count only
 * @param subscriber the one that was asked for, as it was written; null is everyone
 */
public record ReplayRequest(
    Map<String, @Nullable Object> parameters, boolean dryRun, @Nullable String subscriber) {}
