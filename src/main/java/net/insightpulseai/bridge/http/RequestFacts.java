package net.insightpulseai.bridge.http;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a request that failed. Copied by the admission filter, because Tomcat reuses
 * the request object as soon as the client disconnects, while the route may still run.
 *
 * @param size bytes of the body as announced, -1 if it was not announced
 */
record RequestFacts(String path, @Nullable String accept, String address, long size) {

  static RequestFacts of(HttpServletRequest request) {
    return new RequestFacts(
        request.getRequestURI(),
        request.getHeader("accept"),
        request.getRemoteAddr(),
        request.getContentLengthLong());
  }
}
