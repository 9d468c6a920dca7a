package net.insightpulseai.bridge.http;

import net.insightpulseai.bridge.config.StartRefused;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much the bridge accepts at once.
 *
 * @param maxBody the largest body of one request, on every route
 * @param maxRequests ingest requests in progress at once, 1 to 10,000
 * @param maxBytes bytes of their bodies in memory at once, of those that arrive as well
 */
@ConfigurationProperties("bridge.ingest")
public record AdmissionSettings(
    @DefaultValue("1MB") DataSize maxBody,
    @DefaultValue("256") int maxRequests,
    @DefaultValue("32MB") DataSize maxBytes) {

  private static final long LARGEST_BODY = DataSize.ofMegabytes(64).toBytes();
  // Each may need a thread.
  private static final int MOST_REQUESTS = 10_000;

  public AdmissionSettings {
    if (maxBody.toBytes() < 1 || maxBody.toBytes() > LARGEST_BODY) {
      throw new StartRefused("bridge.ingest.max-body is " + maxBody + "; expected 1B to 64MB");
    }
    if (maxRequests < 1 || maxRequests > MOST_REQUESTS) {
      throw new StartRefused(
          "bridge.ingest.max-requests",
          String.valueOf(maxRequests),
          "a number from 1 to " + MOST_REQUESTS);
    }
    if (maxBytes.compareTo(maxBody) < 0 || maxBytes.toBytes() > Integer.MAX_VALUE) {
      throw new StartRefused(
          "bridge.ingest.max-bytes is "
              + maxBytes
              + "; expected at least bridge.ingest.max-body and less than 2GB");
    }
  }
}
