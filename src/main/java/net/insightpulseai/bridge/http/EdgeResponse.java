package net.insightpulseai.bridge.http;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * Turns 500 into 503: an internal failure may be over when the caller repeats, and some senders
 * never repeat after a 500. And returns no credentials: Camel writes the headers of the last
 * message, which are the request's where an edited route ends before it has removed them.
 */
final class EdgeResponse extends HttpServletResponseWrapper {

  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "apikey", "x-api-key", "cookie");

  EdgeResponse(HttpServletResponse response) {
    super(response);
  }

  @Override
  public void setStatus(int status) {
    super.setStatus(retryable(status));
  }

  @Override
  public void sendError(int status) throws IOException {
    super.sendError(retryable(status));
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    super.sendError(retryable(status), message);
  }

  @Override
  public void setHeader(String name, String value) {
    if (!isCredential(name)) {
      super.setHeader(name, value);
    }
  }

  @Override
  public void addHeader(String name, String value) {
    if (!isCredential(name)) {
      super.addHeader(name, value);
    }
  }

  private static boolean isCredential(String name) {
    return CREDENTIALS.contains(name.toLowerCase(Locale.ROOT));
  }

  private int retryable(int status) {
    if (status != SC_INTERNAL_SERVER_ERROR) {
      return status;
    }
    setHeader("Retry-After", "1");
    return SC_SERVICE_UNAVAILABLE;
  }
}
