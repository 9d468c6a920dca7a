package net.insightpulseai.bridge.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recorded version of the route files.
 *
 * @param id 1 for the first
 * @param previous the one before, which may be deleted by now; 0 if it is the first
 * @param files what it consists of
 * @param at when it was first applied
 * @param instance which applied it first
 * @param who asked for it; null: the folder was edited
 * @param change what was different from what ran before, in words
 * @param genuine whether a bridge with this secret recorded it, and nobody has changed it
 */
public record StoredVersion(
    long id,
    long previous,
    Snapshot files,
    Instant at,
    String instance,
    @Nullable String who,
    String change,
    boolean genuine) {}
