package net.insightpulseai.bridge.http;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * Which requests share a limit. Events have one of their own, so that neither callers that wait for
 * Odoo nor look-ups can use it up, and {@code /health} answers while everything else is full.
 */
@Component
class Admission {

  private static final int OTHER_REQUESTS = 64;
  private static final int OTHER_BYTES = (int) DataSize.ofMegabytes(8).toBytes();
  private static final int HEALTH_REQUESTS = 64;
  private static final List<String> INGEST_PATHS =
      List.of("/functions/v1/odoo_event_ingest", "/bridge/event");

  private final AdmissionLimit ingest;
  private final AdmissionLimit other;
  private final AdmissionLimit health;

  Admission(AdmissionSettings settings) {
    int maxBody = (int) settings.maxBody().toBytes();
    this.ingest = new AdmissionLimit(settings.maxRequests(), (int) settings.maxBytes().toBytes());
    this.other = new AdmissionLimit(OTHER_REQUESTS, Math.max(OTHER_BYTES, maxBody));
    this.health = new AdmissionLimit(HEALTH_REQUESTS, maxBody);
  }

  AdmissionLimit of(String path) {
    if (INGEST_PATHS.stream().anyMatch(ingestPath -> isBelow(path, ingestPath))) {
      return ingest;
    }
    return path.equals("/health") ? health : other;
  }

  /** How many requests can be in progress at once. */
  int requests() {
    return ingest.requests() + other.requests() + health.requests();
  }

  boolean unused() {
    return ingest.unused() && other.unused() && health.unused();
  }

  private static boolean isBelow(String path, String top) {
    return path.equals(top) || path.startsWith(top + "/");
  }
}
