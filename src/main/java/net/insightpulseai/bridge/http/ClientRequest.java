package net.insightpulseai.bridge.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.springboot.PlatformHttpMessage;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request that started an exchange, as it came: its headers are not mixed with the query
 * string. The only view of a request outside this package, so that nothing else needs the servlet
 * API.
 */
public final class ClientRequest {

  private static final String HEADER = "CamelHttpServletRequest";
  private static final String PROPERTY = "clientRequest";

  private final HttpServletRequest request;

  public ClientRequest(HttpServletRequest request) {
    this.request = request;
  }

  /**
   * The request that started the exchange.
   *
   * @throws IllegalStateException if it was not an HTTP request
   */
  public static ClientRequest of(Exchange exchange) {
    if (exchange.getProperty(PROPERTY) instanceof ClientRequest request) {
      return request;
    }
    ClientRequest request = new ClientRequest(find(exchange));
    // The routes drop all headers early, and a loop or a call puts another message in its place.
    exchange.setProperty(PROPERTY, request);
    return request;
  }

  private static HttpServletRequest find(Exchange exchange) {
    if (exchange.getMessage().getHeader(HEADER) instanceof HttpServletRequest request) {
      return request;
    }
    if (exchange.getMessage() instanceof PlatformHttpMessage message) {
      return message.getRequest();
    }
    throw new IllegalStateException(
        "route " + exchange.getFromRouteId() + " does not start with platform-http");
  }

  static EdgeRequest atTheEdge(Exchange exchange) {
    EdgeRequest request = EdgeRequest.of(of(exchange).request);
    if (request == null) {
      throw new IllegalStateException("a request bypassed the admission filter");
    }
    return request;
  }

  /** The path, still encoded. */
  public String path() {
    return request.getRequestURI();
  }

  /** The parameters of the query string, decoded. */
  public Map<String, String[]> parameters() {
    return request.getParameterMap();
  }

  public @Nullable String contentType() {
    return request.getContentType();
  }

  /** The first header of this name, or null. */
  public @Nullable String header(String name) {
    return request.getHeader(name);
  }

  /** All headers of this name. */
  public List<String> headers(String name) {
    return Collections.list(request.getHeaders(name));
  }

  /**
   * A header that means something only when it comes once; null if it is missing.
   *
   * @throws Refusal 401 {@code header_repeated} if there are several: two readers could each take
   *     another one for the right one
   */
  public @Nullable String singleHeader(String name) {
    List<String> values = Collections.list(request.getHeaders(name));
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
    for (String encoding : Collections.list(request.getHeaders("content-encoding"))) {
      if (!encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
        throw new Refusal(
            415,
            "content_encoding",
            "Content-Encoding is not accepted; send the body uncompressed");
      }
    }
  }
}
