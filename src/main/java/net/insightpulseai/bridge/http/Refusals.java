package net.insightpulseai.bridge.http;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The last refused requests, in memory, and a counter of all by reason. */
@Component
class Refusals {

  private static final int KEPT = 1000;
  private static final int LONGEST_PATH = 200;

  private final Deque<RefusedRequest> latest = new ArrayDeque<>(KEPT);
  private final MeterRegistry meters;
  private final Clock clock;

  Refusals(MeterRegistry meters, Clock clock) {
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * Remembers a refusal.
   *
   * @param route the route that refused, or null if it got to none
   */
  void record(HttpServletRequest request, @Nullable String route, Refusal refusal) {
    byte[] body = RawBody.of(request);
    String path = request.getRequestURI();
    keep(
        new RefusedRequest(
            clock.instant(),
            request.getRemoteAddr(),
            route != null ? route : path.substring(0, Math.min(path.length(), LONGEST_PATH)),
            refusal.code(),
            refusal.status(),
            body != null ? body.length : announcedSize(request),
            body != null ? sha256(body) : null));
    meters.counter("bridge.refusals", "reason", refusal.code()).increment();
  }

  /** Newest first. */
  List<RefusedRequest> latest() {
    synchronized (latest) {
      List<RefusedRequest> copy = new ArrayList<>(latest);
      Collections.reverse(copy);
      return copy;
    }
  }

  private void keep(RefusedRequest refused) {
    synchronized (latest) {
      if (latest.size() == KEPT) {
        latest.removeFirst();
      }
      latest.addLast(refused);
    }
  }

  private static long announcedSize(HttpServletRequest request) {
    String length = request.getHeader("content-length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
