package net.insightpulseai.bridge.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import net.insightpulseai.bridge.address.HttpUrl;
import net.insightpulseai.bridge.config.Product;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Single HTTP requests, without Camel, so that a fault in the routes does not hide one elsewhere.
 */
final class Http {

  private static final Timeout PATIENCE = Timeout.ofSeconds(15);
  private static final int LONGEST_BODY = 1024 * 1024;

  private final CloseableHttpClient client;

  Http() {
    this(SystemDefaultDnsResolver.INSTANCE);
  }

  Http(DnsResolver names) {
    client =
        HttpClients.custom()
            .useSystemProperties()
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .setUserAgent(Product.NAME)
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(PATIENCE).build())
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .useSystemProperties()
                    .setDnsResolver(names)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(PATIENCE)
                            .setSocketTimeout(PATIENCE)
                            .build())
                    .build())
            .build();
  }

  /**
   * An answer.
   *
   * @param date its header {@code Date}
   */
  record Reply(int status, @Nullable String date, String body) {}

  Reply get(String url, Map<String, String> headers) throws IOException {
    return send("GET", url, headers, null);
  }

  Reply post(String url, byte[] json, Map<String, String> headers) throws IOException {
    return send("POST", url, headers, json);
  }

  private Reply send(String method, String url, Map<String, String> headers, byte @Nullable [] json)
      throws IOException {
    HttpUrl to = HttpUrl.of(url);
    int port = to.port().isEmpty() ? -1 : Integer.parseInt(to.port().substring(1));
    String host = to.host().replaceAll("[\\[\\]]", "");
    HttpHost target = new HttpHost(to.scheme(), host, port);
    ClassicHttpRequest request = new BasicClassicHttpRequest(method, target, to.rest());
    headers.forEach(request::addHeader);
    if (json != null) {
      request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
    }
    return client.execute(
        target,
        request,
        answer -> {
          Header date = answer.getFirstHeader("Date");
          String body =
              answer.getEntity() == null
                  ? ""
                  : EntityUtils.toString(answer.getEntity(), UTF_8, LONGEST_BODY);
          return new Reply(answer.getCode(), date == null ? null : date.getValue(), body);
        });
  }

  /** The cause in one line; some exceptions of the JDK have no message. */
  static String why(IOException failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getMessage() == null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName()
        + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
  }
}
