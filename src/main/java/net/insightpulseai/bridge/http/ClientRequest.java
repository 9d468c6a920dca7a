package net.insightpulseai.bridge.http;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.springboot.PlatformHttpMessage;

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
    if (exchange.getMessage().getHeader(HEADER) instanceof HttpServletRequest request) {
      return request;
    }
    // The routes drop all headers early.
    if (exchange.getMessage() instanceof PlatformHttpMessage message) {
      return message.getRequest();
    }
    throw new IllegalStateException(
        "route " + exchange.getFromRouteId() + " does not start with platform-http");
  }

  static BorderRequest atTheBorder(Exchange exchange) {
    BorderRequest request = BorderRequest.of(of(exchange));
    if (request == null) {
      throw new IllegalStateException("a request came around the admission filter");
    }
    return request;
  }
}
