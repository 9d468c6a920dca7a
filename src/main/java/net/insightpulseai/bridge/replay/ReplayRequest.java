package net.insightpulseai.bridge.replay;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which stored events to deliver again, and to whom.
 *
 * @param parameters of {@code sql/replay/plan.sql}
 * @param dryRun count only
 * @param subscriber the requested one, as it was written; null means all
 */
public record ReplayRequest(
    Map<String, @Nullable Object> parameters, boolean dryRun, @Nullable String subscriber) {}
