package net.insightpulseai.bridge.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of the route files that runs, to be recorded.
 *
 * @param at since when
 * @param who asked for it; null: the folder was edited
 * @param change what is different from what ran before, in words
 */
public record AppliedVersion(Snapshot files, Instant at, @Nullable String who, String change) {}
