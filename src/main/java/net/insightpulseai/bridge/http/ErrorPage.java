package net.insightpulseai.bridge.http;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.stereotype.Component;

/**
 * Answers what the container itself refuses: unknown paths, wrong methods, malformed requests. A
 * servlet, not a controller: after an asynchronous request failed, Spring would resume it instead
 * of calling the controller.
 */
@Component
final class ErrorPage extends HttpServlet implements ErrorController {

  private static final long serialVersionUID = 1;

  private final transient Readiness readiness;

  ErrorPage(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String path =
        request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri ? uri : "";
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    String accept = request.getHeader("accept");
    ErrorAnswer answer;
    if (!readiness.ready()) {
      // Admitted just before its route was stopped.
      answer = ErrorAnswer.to(path, accept, Readiness.refusal());
    } else {
      // Without a status nothing failed: this page itself was requested.
      answer = ErrorAnswer.to(path, accept, status instanceof Integer code ? code : 404);
    }
    answer.writeTo(response);
  }
}
