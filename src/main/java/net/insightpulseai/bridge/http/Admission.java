package net.insightpulseai.bridge.http;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Which requests share a limit. Events have one of their own, so that neither callers that wait for
 * Odoo nor look-ups can use it up, and {@code /health} answers while everything else is full.
 * Bodies of other callers arrive in a small one, until the caller is known or its body is there.
 */
@Component
class Admission {

  private static final int OTHER_REQUESTS = 64;
  private static final long OTHER_BYTES = DataSize.ofMegabytes(8).toBytes();
  private static final long UNKNOWN_BYTES = DataSize.ofMegabytes(2).toBytes();
  private static final int HEALTH_REQUESTS = 64;
  private static final List<String> INGEST_PATHS =
      List.of("/functions/v1/odoo_event_ingest", "/bridge/event");

  private final AdmissionLimit ingest;
  private final AdmissionLimit other;
  private final AdmissionLimit unknown;
  private final AdmissionLimit health;

  Admission(AdmissionSettings settings) {
    long maxBody = settings.maxBody().toBytes();
    this.ingest = new AdmissionLimit(settings.maxRequests(), settings.maxBytes().toBytes());
    this.other = new AdmissionLimit(OTHER_REQUESTS, Math.max(OTHER_BYTES, maxBody));
    this.unknown = new AdmissionLimit(0, Math.max(UNKNOWN_BYTES, maxBody));
    this.health = new AdmissionLimit(HEALTH_REQUESTS, maxBody);
  }

  /** The limit for requests to this path. */
  AdmissionLimit of(String path) {
    if (INGEST_PATHS.stream().anyMatch(ingestPath -> isBelow(path, ingestPath))) {
      return ingest;
    }
    return path.equals("/health") ? health : other;
  }

  /** The limit in which the body of a caller arrives who may be anybody. */
  AdmissionLimit ofUnknown(String path) {
    AdmissionLimit limit = of(path);
    return limit == other ? unknown : limit;
  }

  /** How many requests can be in progress at once. */
  int requests() {
    return ingest.requests() + other.requests() + health.requests();
  }

  boolean unused() {
    return ingest.unused() && other.unused() && unknown.unused() && health.unused();
  }

  private static boolean isBelow(String path, String top) {
    return path.equals(top) || path.startsWith(top + "/");
  }
}
