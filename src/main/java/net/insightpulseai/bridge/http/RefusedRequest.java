package net.insightpulseai.bridge.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a refused request: nothing of its content.
 *
 * @param address the caller's address
 * @param route the route's id, or the path if it reached none
 * @param reason the refusal's code
 * @param status the status it was answered with
 * @param size bytes of its body, -1 if unknown
 * @param bodySha256 hex, if the body was read: shows whether two requests are the same
 */
public record RefusedRequest(
    Instant time,
    String address,
    String route,
    String reason,
    int status,
    long size,
    @Nullable String bodySha256) {

  /** Whether another was refused for the same reason and came from the same address. */
  boolean isLike(RefusedRequest other) {
    return reason.equals(other.reason) && address.equals(other.address);
  }
}
