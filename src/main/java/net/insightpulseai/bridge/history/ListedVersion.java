package net.insightpulseai.bridge.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A recorded version of the route files in a list.
 *
 * @param hash as it is shown to people
 * @param files how many it has
 * @see StoredVersion
 */
public record ListedVersion(
    long id,
    String hash,
    Instant at,
    String instance,
    @Nullable String who,
    String change,
    int files) {}
