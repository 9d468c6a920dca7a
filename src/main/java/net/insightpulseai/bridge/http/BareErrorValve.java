package net.insightpulseai.bridge.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/**
 * Answers requests that never reached the application, without HTML, a product name or an echo of
 * the request.
 */
public final class BareErrorValve extends ErrorReportValve {

  @Override
  protected void report(Request request, Response response, Throwable failure) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    try {
      Cors.allow("", response.getResponse());
      ErrorAnswer.to("", null, response.getStatus()).writeTo(response.getResponse());
      response.finishResponse();
    } catch (IOException e) {
      // The client has disconnected.
      container.getLogger().debug("Could not answer a malformed request", e);
    }
  }
}
