package net.insightpulseai.bridge.http;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the first line and the headers of a request must be like, beyond being HTTP. Two programs
 * could read the rest in two ways: a proxy in front, which refuses an address, and the bridge.
 */
final class RequestHead {

  static final int RIGHT = 0;

  /** A name may have underscores, such as {@code odoo_bridge:8787}: Docker Compose gives such. */
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9_.-]{0,253})(:[0-9]{1,5})?");

  /** No control characters, slashes, dots, semicolons and percent signs in disguise. */
  private static final String ESCAPE =
      "%(?![01][0-9A-Fa-f]|2[5EeFf]|3[Bb]|5[Cc]|7[Ff])[0-9A-Fa-f]{2}";

  private static final Pattern PATH =
      Pattern.compile("(/(?!\\.{1,2}(/|$))([A-Za-z0-9._~!$&'()*+,=:@\\[\\]-]|" + ESCAPE + ")+)*/?");
  private static final Pattern QUERY =
      Pattern.compile("([A-Za-z0-9._~!$&'()*+,;=:@/?\\[\\]-]|%[0-9A-Fa-f]{2})*");
  private static final String ANY = "*";

  private RequestHead() {}

  /** The status to answer with, or {@link #RIGHT}. */
  static int status(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    // HTTP/1.0, which simple health checks speak, needs no Host.
    int fewest = request.version() == HttpVersion.HTTP_1_0 ? 0 : 1;
    if (hosts.size() < fewest || hosts.size() > 1) {
      return 400;
    }
    if (!hosts.stream().allMatch(host -> HOST.matcher(host).matches())) {
      return 400;
    }
    if (!isAddress(request) || request.headers().contains("")) {
      return 400;
    }
    String expected = request.getHeader(HttpHeaders.EXPECT);
    return expected == null || expected.equalsIgnoreCase("100-continue") ? RIGHT : 417;
  }

  /** The status of what is no HTTP at all. */
  static int statusOf(DecoderResult malformed) {
    if (malformed.cause() instanceof TooLongHttpLineException) {
      return 414;
    }
    if (malformed.cause() instanceof ChannelGuard.UnknownVersion) {
      return 505;
    }
    return malformed.cause() instanceof TooLongHttpHeaderException ? 431 : 400;
  }

  private static boolean isAddress(HttpServerRequest request) {
    String path = request.path();
    if (path == null || path.isEmpty()) {
      return false;
    }
    if (path.equals(ANY)) {
      return request.method().equals(HttpMethod.OPTIONS);
    }
    String query = request.query();
    return PATH.matcher(path).matches() && (query == null || QUERY.matcher(query).matches());
  }
}
