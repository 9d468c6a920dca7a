package net.insightpulseai.bridge.http;

import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a request that failed.
 *
 * @param address the caller's
 * @param size bytes of the body as announced, -1 if it was not announced
 */
record RequestFacts(String path, @Nullable String accept, String address, long size) {}
