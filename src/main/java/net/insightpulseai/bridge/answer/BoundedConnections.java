package net.insightpulseai.bridge.answer;

import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;

/**
 * Pools of connections on which an answer's headers have an end. They are kept in memory whole, and
 * HttpCore sets no limit by itself (CVE-2026-54399).
 */
public final class BoundedConnections {

  private static final int PER_ROUTE = 64;
  private static final int IN_ALL = 256;
  private static final int LONGEST_LINE = 16 * 1024;
  private static final int MOST_HEADERS = 200;

  private BoundedConnections() {}

  /** A builder with the limits set. */
  public static PoolingHttpClientConnectionManagerBuilder pool() {
    Http1Config headers =
        Http1Config.custom().setMaxLineLength(LONGEST_LINE).setMaxHeaderCount(MOST_HEADERS).build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(headers).build())
        .setMaxConnPerRoute(PER_ROUTE)
        .setMaxConnTotal(IN_ALL);
  }
}
