package net.insightpulseai.bridge.http;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/**
 * Never says 500. Whatever went wrong inside is ours and may have passed when the caller repeats,
 * and some senders take 500 for the end of it.
 */
final class EdgeResponse extends HttpServletResponseWrapper {

  EdgeResponse(HttpServletResponse response) {
    super(response);
  }

  @Override
  public void setStatus(int status) {
    super.setStatus(softened(status));
  }

  @Override
  public void sendError(int status) throws IOException {
    super.sendError(softened(status));
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    super.sendError(softened(status), message);
  }

  private int softened(int status) {
    if (status != SC_INTERNAL_SERVER_ERROR) {
      return status;
    }
    setHeader("Retry-After", "1");
    return SC_SERVICE_UNAVAILABLE;
  }
}
