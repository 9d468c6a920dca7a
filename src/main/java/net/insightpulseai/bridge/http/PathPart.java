package net.insightpulseai.bridge.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.apache.camel.Exchange;
import org.springframework.web.util.UriUtils;

/**
 * The parts of a request's path, decoded. Taken from the original request, because Camel merges a
 * path variable with a query parameter of the same name.
 */
public final class PathPart {

  private PathPart() {}

  /** The n-th part; 0 is the first after the leading slash. */
  public static String text(Exchange exchange, int n) {
    List<String> parts = List.of(ClientRequest.of(exchange).path().substring(1).split("/", -1));
    String part = n < parts.size() ? decode(parts.get(n)) : "";
    if (part.isBlank() || part.length() > 200 || part.indexOf('\0') >= 0) {
      throw notFound("There is nothing at this address");
    }
    return part;
  }

  /** The id in {@code /bridge/actions/{id}} and in all paths of that form. */
  public static long id(Exchange exchange) {
    String id = text(exchange, 2);
    if (!id.matches("[0-9]{1,18}")) {
      throw Query.bad("id", "a whole number");
    }
    return Long.parseLong(id);
  }

  public static Refusal notFound(String message) {
    return new Refusal(404, "not_found", message);
  }

  private static String decode(String part) {
    try {
      return UriUtils.decode(part, UTF_8);
    } catch (IllegalArgumentException e) {
      throw notFound("There is nothing at this address");
    }
  }
}
