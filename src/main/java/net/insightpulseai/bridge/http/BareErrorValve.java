package net.insightpulseai.bridge.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/**
 * Tomcat's last word, on requests that never got to the application: no HTML, no product, no echo.
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
      ErrorAnswer.to("", response.getStatus()).writeTo(response.getResponse());
      response.finishResponse();
    } catch (IOException e) {
      // The client is gone; there is nobody to answer.
      container.getLogger().debug("No answer to a broken request", e);
    }
  }
}
