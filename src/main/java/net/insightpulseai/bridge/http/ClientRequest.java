package net.insightpulseai.bridge.http;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.springboot.PlatformHttpMessage;

/** The untouched HTTP request of an exchange: its headers are not mixed with the query string. */
public final class ClientRequest {

  private static final String HEADER = "CamelHttpServletRequest";
  private static final String PROPERTY = "clientRequest";

  private ClientRequest() {}

  /**
   * The request that started the exchange.
   *
   * @throws IllegalStateException if it was not an HTTP request
   */
  public static HttpServletRequest of(Exchange exchange) {
    if (exchange.getProperty(PROPERTY) instanceof HttpServletRequest request) {
      return request;
    }
    HttpServletRequest request = find(exchange);
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

  static EdgeRequest atTheBorder(Exchange exchange) {
    EdgeRequest request = EdgeRequest.of(of(exchange));
    if (request == null) {
      throw new IllegalStateException("a request came around the admission filter");
    }
    return request;
  }
}
