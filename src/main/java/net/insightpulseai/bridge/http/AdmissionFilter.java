package net.insightpulseai.bridge.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first filter on the public port. It decides at once, without reading the body, whether there
 * is a permit for the request. Without one the caller has to repeat it: nothing queues here.
 */
final class AdmissionFilter extends HttpFilter {

  private static final long serialVersionUID = 1;
  private static final Logger log = LoggerFactory.getLogger(AdmissionFilter.class);

  private final transient Admission admission;
  private final transient StoppedRoutes stopped;
  private final transient Refusals refusals;
  private final int maxBody;

  AdmissionFilter(
      Admission admission, AdmissionSettings settings, StoppedRoutes stopped, Refusals refusals) {
    this.admission = admission;
    this.stopped = stopped;
    this.refusals = refusals;
    this.maxBody = (int) settings.maxBody().toBytes();
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException {
    String path = request.getRequestURI();
    Cors.allow(path, response);
    if (request.getMethod().equals("OPTIONS")) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    if (stopped.serve(request.getMethod(), path)) {
      ErrorAnswer.to(path, HttpServletResponse.SC_SERVICE_UNAVAILABLE).writeTo(response);
      return;
    }
    long length = request.getContentLengthLong();
    if (length > maxBody) {
      refuse(request, response, RawBody.tooLarge(maxBody));
      return;
    }
    Permit permit = admission.of(path).acquire();
    if (permit == null) {
      refuse(request, response, RawBody.overloaded());
      return;
    }
    pass(new EdgeRequest(request, permit), new EdgeResponse(response), chain, permit);
  }

  private static void pass(
      EdgeRequest request, EdgeResponse response, FilterChain chain, Permit permit)
      throws IOException {
    try {
      chain.doFilter(request, response);
    } catch (Exception e) {
      log.warn("Request failed before its route: {}", FailureLine.of(e));
      if (!response.isCommitted()) {
        response.resetBuffer();
        ErrorAnswer.to(request.getRequestURI(), 503).writeTo(response);
      }
    } finally {
      permit.releaseUnlessHandedOver();
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
      throws IOException {
    refusals.record(RequestFacts.of(request), null, null, refusal);
    ErrorAnswer.to(request.getRequestURI(), refusal).writeTo(response);
  }
}
