package net.insightpulseai.bridge.http;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Turns 500 into 503. An internal failure may be over when the caller repeats, and some senders
 * never repeat after a 500.
 */
final class EdgeResponse extends HttpServletResponseWrapper {

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

  private int retryable(int status) {
    if (status != SC_INTERNAL_SERVER_ERROR) {
      return status;
    }
    setHeader("Retry-After", "1");
    return SC_SERVICE_UNAVAILABLE;
  }
}
