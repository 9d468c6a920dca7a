package net.insightpulseai.bridge.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/**
 * Lets browsers call: what the original contract allows, and the headers that today's SDKs send.
 */
final class Cors {

  private static final CharSequence ORIGIN = header("access-control-allow-origin");
  private static final CharSequence METHODS = header("access-control-allow-methods");
  private static final CharSequence HEADERS = header("access-control-allow-headers");
  private static final CharSequence EXPOSED = header("access-control-expose-headers");
  private static final CharSequence MAX_AGE = header("access-control-max-age");

  private static final CharSequence ANY = header("*");
  private static final CharSequence OF_FUNCTIONS = header("POST, OPTIONS");
  private static final CharSequence OF_OTHERS = header("GET, POST, PATCH, DELETE, OPTIONS");
  private static final CharSequence SENT =
      header(
          "authorization, x-client-info, apikey, content-type, x-signature, x-retry-count, traceparent,"
              + " tracestate, baggage, prefer, webhook-id, webhook-timestamp, webhook-signature, x-region,"
              + " idempotency-key");
  private static final CharSequence READ = header("location, retry-after, sb-error-code");
  private static final CharSequence A_DAY = header("86400");

  private Cors() {}

  static void allow(String path, HttpServerResponse response) {
    response
        .putHeader(ORIGIN, ANY)
        .putHeader(METHODS, path.startsWith("/functions/v1/") ? OF_FUNCTIONS : OF_OTHERS)
        .putHeader(HEADERS, SENT)
        .putHeader(EXPOSED, READ)
        .putHeader(MAX_AGE, A_DAY);
  }

  private static CharSequence header(String text) {
    return HttpHeaders.createOptimized(text);
  }
}
