package net.insightpulseai.bridge.pull;

import java.time.Duration;
import net.insightpulseai.bridge.cursor.Bookmark;
import org.jspecify.annotations.Nullable;

/**
 * What is fetched.
 *
 * @param subscriber its id
 * @param after where the caller is; everything up to there is acknowledged. Null: where it was
 * @param limit at most so many events
 * @param atMost how long to wait for the first one
 * @param caller refuses the caller if it may not fetch any more
 */
record PullRequest(
    long subscriber, @Nullable Bookmark after, int limit, Duration atMost, Runnable caller) {}
