package net.insightpulseai.bridge.http;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request that started an exchange, as it came: its headers are not mixed with the query
 * string. The only view of a request outside this package.
 */
public final class ClientRequest {

  private final String path;
  private final Map<String, String[]> parameters;
  private final MultiMap headers;

  /**
   * @param path still encoded
   * @param query the query string
   */
  public ClientRequest(String path, @Nullable String query, MultiMap headers) {
    this.path = path;
    this.parameters = QueryString.parse(query);
    this.headers = headers;
  }

  /**
   * The request that started the exchange.
   *
   * @throws IllegalStateException if it was not an HTTP request
   */
  public static ClientRequest of(Exchange exchange) {
    return EdgeRequest.of(exchange).client();
  }

  /** The request that started the exchange; null if it was not an HTTP request. */
  public static @Nullable ClientRequest find(Exchange exchange) {
    EdgeRequest request = EdgeRequest.find(exchange);
    return request == null ? null : request.client();
  }

  /** The path, still encoded. */
  public String path() {
    return path;
  }

  /** The parameters of the query string, decoded. */
  public Map<String, String[]> parameters() {
    return parameters;
  }

  public @Nullable String contentType() {
    return header("content-type");
  }

  /** The first header of this name, or null. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** All headers of this name. */
  public List<String> headers(String name) {
    return headers.getAll(name);
  }

  /**
   * A header that means something only when it comes once; null if it is missing.
   *
   * @throws Refusal 401 {@code header_repeated} if there are several: two readers could each take
   *     another one for the right one
   */
  public @Nullable String singleHeader(String name) {
    List<String> values = headers(name);
    if (values.size() > 1) {
      throw new Refusal(401, "header_repeated", "The header " + name + " is sent more than once");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /**
   * Refuses a compressed body. The bridge never unpacks one, so that none can grow.
   *
   * @throws Refusal 415 {@code content_encoding}
   */
  public void requireUncompressed() {
    for (String encoding : headers("content-encoding")) {
      if (!encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
        throw new Refusal(
            415,
            "content_encoding",
            "Content-Encoding is not accepted; send the body uncompressed");
      }
    }
  }
}
