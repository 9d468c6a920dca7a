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

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    // Without a status nothing failed: this page itself was requested.
    ErrorAnswer.to(
            path instanceof String text ? text : "",
            request.getHeader("accept"),
            status instanceof Integer code ? code : 404)
        .writeTo(response);
  }
}
