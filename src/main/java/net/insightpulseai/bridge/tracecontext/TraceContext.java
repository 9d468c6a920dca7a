package net.insightpulseai.bridge.tracecontext;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.http.ClientRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The place in a trace that something was caused from, by <a
 * href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>. What is malformed is as if it
 * were not there: a trace is never a reason to refuse anything.
 *
 * @param traceparent version 00, always 55 characters
 * @param tracestate of at most 512 characters and 32 members; null if there is none
 */
public record TraceContext(String traceparent, @Nullable String tracestate) {

  /** The names of the headers, and of the keys in {@code audit_event.meta}. */
  public static final String TRACEPARENT = "traceparent";

  public static final String TRACESTATE = "tracestate";

  /** Where the tracing of this bridge, if it is on, puts the context of its own span. */
  private static final String PROPERTY = "traceContext";

  private static final int LONGEST_STATE = 512;
  private static final int MOST_MEMBERS = 32;

  private static final Pattern PARENT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private static final Pattern ONE_LINE = Pattern.compile("[\\x20-\\x7e\\t]*");

  private static final Pattern MEMBER =
      Pattern.compile(
          "([a-z0-9][a-z0-9_\\-*/]{0,240}(@[a-z][a-z0-9_\\-*/]{0,13})?)"
              + "=[\\x20-\\x2b\\x2d-\\x3c\\x3e-\\x7e]{0,255}[\\x21-\\x2b\\x2d-\\x3c\\x3e-\\x7e]");

  /**
   * Reads what somebody else wrote.
   *
   * @return null unless {@code traceparent} is well-formed; without a malformed {@code tracestate}
   */
  public static @Nullable TraceContext read(
      @Nullable String traceparent, @Nullable String tracestate) {
    if (traceparent == null || !PARENT.matcher(traceparent).matches()) {
      return null;
    }
    return new TraceContext(
        traceparent, tracestate != null && isState(tracestate) ? tracestate : null);
  }

  /** What the headers of a request say; null if they say nothing, or contradict themselves. */
  public static @Nullable TraceContext of(ClientRequest request) {
    if (request.header(TRACEPARENT) == null) {
      return null;
    }
    List<String> parents = request.headers(TRACEPARENT);
    List<String> states = request.headers(TRACESTATE);
    return parents.size() > 1
        ? null
        : read(parents.get(0), states.isEmpty() ? null : String.join(",", states));
  }

  /**
   * What an event or action that this exchange stores was caused from: the span of this bridge if
   * it traces, otherwise what the request says.
   */
  public static @Nullable TraceContext of(Exchange exchange) {
    TraceContext own = exchange.getProperty(PROPERTY, TraceContext.class);
    if (own != null) {
      return own;
    }
    ClientRequest request = ClientRequest.find(exchange);
    return request == null ? null : of(request);
  }

  /** Makes this the context of the exchange. */
  public void setOn(Exchange exchange) {
    exchange.setProperty(PROPERTY, this);
  }

  /** Adds the headers to a request that the bridge sends. */
  public void addTo(Message message) {
    message.setHeader(TRACEPARENT, traceparent);
    if (tracestate != null) {
      message.setHeader(TRACESTATE, tracestate);
    }
  }

  private static boolean isState(String text) {
    // strip() below would let line breaks through, and this becomes a header.
    if (text.isEmpty() || text.length() > LONGEST_STATE || !ONE_LINE.matcher(text).matches()) {
      return false;
    }
    String[] members = text.split(",", -1);
    Set<String> keys = new HashSet<>();
    for (String member : members) {
      Matcher matcher = MEMBER.matcher(member.strip());
      if (!matcher.matches() || !keys.add(matcher.group(1))) {
        return false;
      }
    }
    return members.length <= MOST_MEMBERS;
  }
}
