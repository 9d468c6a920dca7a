package net.insightpulseai.bridge.pull;

import java.time.Duration;
import net.insightpulseai.bridge.cursor.Position;
import org.jspecify.annotations.Nullable;

/**
 * What is fetched.
 *
 * @param subscriber its id
 * @param after where the caller is; everything up to there is acknowledged. Null: where it was
 * @param limit at most so many events
 * @param atMost how long to wait for the first one
 */
record PullRequest(long subscriber, @Nullable Position after, int limit, Duration atMost) {}
