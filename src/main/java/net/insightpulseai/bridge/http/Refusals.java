package net.insightpulseai.bridge.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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

/** The last refused requests, in memory, and a counter of all of them by reason. */
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
   * Records a refusal.
   *
   * @param body the raw body, or null if it was not read
   * @param route the route that refused it, or null if it reached none
   */
  void record(
      RequestFacts request, byte @Nullable [] body, @Nullable String route, Refusal refusal) {
    String path = request.path();
    keep(
        new RefusedRequest(
            clock.instant(),
            request.address(),
            route != null ? route : path.substring(0, Math.min(path.length(), LONGEST_PATH)),
            refusal.code(),
            refusal.status(),
            body != null ? body.length : request.size(),
            body != null ? sha256(body) : null));
    Counter.builder("bridge.refusals")
        .description("Refused requests")
        .tag("reason", refusal.code())
        .register(meters)
        .increment();
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

  private static String sha256(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
