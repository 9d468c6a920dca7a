package net.insightpulseai.bridge.http;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Lets browsers call: what the original contract allows, and the headers that today's SDKs send.
 */
final class Cors {

  private static final String HEADERS =
      "authorization, x-client-info, apikey, content-type, x-signature, x-retry-count, traceparent,"
          + " tracestate, baggage, prefer, webhook-id, webhook-timestamp, webhook-signature, x-region,"
          + " idempotency-key";

  private Cors() {}

  static void allow(String path, HttpServletResponse response) {
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setHeader(
        "Access-Control-Allow-Methods",
        path.startsWith("/functions/v1/") ? "POST, OPTIONS" : "GET, POST, PATCH, DELETE, OPTIONS");
    response.setHeader("Access-Control-Allow-Headers", HEADERS);
    response.setHeader("Access-Control-Expose-Headers", "location, retry-after, sb-error-code");
    response.setHeader("Access-Control-Max-Age", "86400");
  }
}
