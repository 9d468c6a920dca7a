package net.insightpulseai.bridge.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import net.insightpulseai.bridge.config.RateLimitedLog;
import org.slf4j.LoggerFactory;

/**
 * The first filter on the public port. It decides at once, without reading the body, whether there
 * is a permit for the request. Without one the caller has to repeat it: nothing queues here.
 */
final class AdmissionFilter extends HttpFilter {

  private static final long serialVersionUID = 1;
  private final transient Admission admission;
  private final transient Readiness readiness;
  private final transient StoppedRoutes stopped;
  private final transient Refusals refusals;
  private final transient RateLimitedLog log;
  private final int maxBody;

  AdmissionFilter(
      Admission admission,
      AdmissionSettings settings,
      Readiness readiness,
      StoppedRoutes stopped,
      Refusals refusals,
      Clock clock) {
    this.admission = admission;
    this.readiness = readiness;
    this.stopped = stopped;
    this.refusals = refusals;
    this.log = new RateLimitedLog(LoggerFactory.getLogger(AdmissionFilter.class), clock);
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
    if (!readiness.ready()) {
      // No caller's fault, so it is not among the refused requests.
      ErrorAnswer.to(path, request.getHeader("accept"), Readiness.refusal()).writeTo(response);
      return;
    }
    if (stopped.serve(request.getMethod(), path)) {
      ErrorAnswer.to(path, request.getHeader("accept"), HttpServletResponse.SC_SERVICE_UNAVAILABLE)
          .writeTo(response);
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

  private void pass(EdgeRequest request, EdgeResponse response, FilterChain chain, Permit permit)
      throws IOException {
    try {
      chain.doFilter(request, response);
    } catch (Exception e) {
      // Often only a client that has hung up.
      log.warn("A request failed before its route: " + FailureLine.of(e));
      if (!response.isCommitted()) {
        response.resetBuffer();
        ErrorAnswer.to(request.getRequestURI(), request.getHeader("accept"), 503).writeTo(response);
      }
    } finally {
      permit.releaseUnlessHandedOver();
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
      throws IOException {
    refusals.record(RequestFacts.of(request), null, null, refusal);
    ErrorAnswer.to(request.getRequestURI(), request.getHeader("accept"), refusal).writeTo(response);
  }
}
