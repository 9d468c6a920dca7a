package net.insightpulseai.bridge.http;

import jakarta.servlet.http.HttpServletRequest;

/**
 * What is said of a request after it went wrong. Taken at the border, because Tomcat reuses the
 * request as soon as the client is gone, while its route may still run.
 *
 * @param size bytes of the body as announced, -1 if it was not
 */
record RequestFacts(String path, String address, long size) {

  static RequestFacts of(HttpServletRequest request) {
    return new RequestFacts(
        request.getRequestURI(), request.getRemoteAddr(), request.getContentLengthLong());
  }
}
