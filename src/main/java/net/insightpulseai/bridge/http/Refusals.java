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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import net.insightpulseai.bridge.config.RateLimitedLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The last refused requests, in memory; a counter of all of them by reason, and one line a minute
 * in the log for each reason.
 */
@Component
class Refusals {

  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  private static final int KEPT = 1000;

  /** Of one reason and address, so that nobody can push out what others did. */
  private static final int KEPT_ALIKE = 20;

  private static final int LONGEST_PATH = 200;

  private final Deque<RefusedRequest> latest = new ArrayDeque<>(KEPT);
  private final Map<String, RateLimitedLog> logs = new ConcurrentHashMap<>();
  private final List<RefusedRequestListener> listeners;
  private final MeterRegistry meters;
  private final Clock clock;

  Refusals(MeterRegistry meters, Clock clock, List<RefusedRequestListener> listeners) {
    this.listeners = List.copyOf(listeners);
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
    RefusedRequest refused =
        new RefusedRequest(
            clock.instant(),
            request.address(),
            route != null ? route : path.substring(0, Math.min(path.length(), LONGEST_PATH)),
            refusal.code(),
            refusal.status(),
            body != null ? body.length : request.size(),
            body != null ? sha256(body) : null);
    keep(refused);
    listeners.forEach(listener -> listener.refused(refused));
    logs.computeIfAbsent(refusal.code(), code -> new RateLimitedLog(LOG, clock))
        .warn(
            "A request was refused: %s, status %d, from %s"
                .formatted(refusal.code(), refusal.status(), request.address()));
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
      List<RefusedRequest> alike = latest.stream().filter(refused::isLike).toList();
      if (alike.size() == KEPT_ALIKE) {
        latest.remove(alike.get(0));
      } else if (latest.size() == KEPT) {
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
