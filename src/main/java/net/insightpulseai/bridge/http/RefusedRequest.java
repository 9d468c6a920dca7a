package net.insightpulseai.bridge.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a refused request: nothing that it said.
 *
 * @param address where it came from
 * @param route the route's id, or the path if it got to none
 * @param reason the refusal's code
 * @param status what it was answered
 * @param size bytes of its body, -1 if unknown
 * @param bodySha256 hex, if the body was read: tells a repeated request from another
 */
record RefusedRequest(
    Instant time,
    String address,
    String route,
    String reason,
    int status,
    long size,
    @Nullable String bodySha256) {}
