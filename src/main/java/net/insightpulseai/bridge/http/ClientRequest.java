package net.insightpulseai.bridge.http;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.springboot.PlatformHttpMessage;
import org.jspecify.annotations.Nullable;

/** The untouched HTTP request of an exchange: its headers are not mixed with the query string. */
public final class ClientRequest {

  private static final String HEADER = "CamelHttpServletRequest";

  private ClientRequest() {}

  /**
   * The request that started the exchange.
   *
   * @throws IllegalStateException if it was not an HTTP request
   */
  public static HttpServletRequest of(Exchange exchange) {
    HttpServletRequest request = find(exchange);
    if (request == null) {
      throw new IllegalStateException(
          "route " + exchange.getFromRouteId() + " does not start with platform-http");
    }
    return request;
  }

  static @Nullable HttpServletRequest find(Exchange exchange) {
    if (exchange.getMessage().getHeader(HEADER) instanceof HttpServletRequest request) {
      return request;
    }
    return exchange.getMessage() instanceof PlatformHttpMessage message
        ? message.getRequest()
        : null;
  }
}
