package net.insightpulseai.bridge.lookup;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.insightpulseai.bridge.config.RouteVariables;
import net.insightpulseai.bridge.http.ClientRequest;
import net.insightpulseai.bridge.http.Query;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Common to all pages: cursor, limit, format, and the link to the next one. */
final class ReadPage {

  private static final Set<String> PAGE_PARAMETERS = Set.of("before", "after", "limit", "format");

  private ReadPage() {}

  /** The query of this request, which may hold these filters and the parameters of a page. */
  static Query query(Exchange exchange, Set<String> filters) {
    Set<String> known = new HashSet<>(filters);
    known.addAll(PAGE_PARAMETERS);
    return new Query(ClientRequest.of(exchange).parameters(), known);
  }

  /** Sets the variable {@code page} and makes these parameters the body of the message. */
  static void set(
      Exchange exchange,
      String name,
      Query query,
      boolean forward,
      Map<String, @Nullable Object> parameters) {
    Message message = exchange.getMessage();
    Format format =
        Format.of(query.oneOf("format", Format.NAMES), message.getHeader("Accept", String.class));
    parameters.put("limit", query.limit(Page.DEFAULT_LIMIT, Page.MAX_LIMIT));
    exchange.setVariable(
        RouteVariables.PAGE, new Page(name, format, forward, link(ClientRequest.of(exchange))));
    message.setBody(parameters);
  }

  /** A page by primary key: {@code before} a row, or {@code after} one. */
  static void setKeyset(
      Exchange exchange, String name, Query query, Map<String, @Nullable Object> filters) {
    Map<String, @Nullable Object> parameters = new HashMap<>(filters);
    parameters.put("before", query.number("before"));
    parameters.put("after", query.number("after"));
    boolean forward = parameters.get("after") != null;
    if (forward && parameters.get("before") != null) {
      throw Query.bad("before", "absent when after is given");
    }
    set(exchange, name, query, forward, parameters);
  }

  private static String link(ClientRequest request) {
    StringBuilder link = new StringBuilder(request.path());
    char separator = '?';
    for (Map.Entry<String, String[]> parameter : new TreeMap<>(request.parameters()).entrySet()) {
      if (!parameter.getKey().equals("before") && !parameter.getKey().equals("after")) {
        link.append(separator)
            .append(parameter.getKey())
            .append('=')
            .append(encode(parameter.getValue()[0]));
        separator = '&';
      }
    }
    return link.toString();
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
