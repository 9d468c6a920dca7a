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

  private static final String PORT =
      "(:([0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?";

  /** A name may have underscores, such as {@code odoo_bridge:8787}: Docker Compose gives such. */
  private static final String NAME = "(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9_.-]{1,253})";

  private static final Pattern HOST = Pattern.compile("(" + NAME + PORT + ")?");

  /** Vert.x takes the path from behind the first slash after {@code ://}, wherever that is. */
  private static final Pattern BEFORE_PATH =
      Pattern.compile("(/|(?i:https?)://" + NAME + PORT + "(/|$)|\\*$)");

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
    if (!isAddress(request) || request.headers().contains("") || !isPlain(request)) {
      return 400;
    }
    return request.headers().getAll(HttpHeaders.EXPECT).stream()
            .allMatch(expected -> expected.equalsIgnoreCase("100-continue"))
        ? RIGHT
        : 417;
  }

  /** Netty takes a body that is compressed and chunked for one that is chunked. */
  private static boolean isPlain(HttpServerRequest request) {
    List<String> codings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
    return codings.isEmpty() || (codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"));
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
    if (path == null || !BEFORE_PATH.matcher(request.uri()).lookingAt()) {
      return false;
    }
    if (path.equals(ANY)) {
      return request.method().equals(HttpMethod.OPTIONS);
    }
    String query = request.query();
    return PATH.matcher(path).matches() && (query == null || QUERY.matcher(query).matches());
  }
}
