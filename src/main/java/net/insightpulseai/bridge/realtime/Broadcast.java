package net.insightpulseai.bridge.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.RouteVariables;
import org.apache.camel.Exchange;

/**
 * One message for Realtime, as the variable {@code broadcast}; routes read {@code
 * ${variable.broadcast?.perEvent}}. No method may be called {@code isPerEvent} beside it: to Camel
 * the two are forms of one name, and it fails in those JVMs that list both in an order it dislikes.
 *
 * @param topic the channel's name, without {@code realtime:} before it
 * @param event the event's name within the topic
 * @param message the payload, a JSON object as text
 * @param thin whether the message is in the thin form
 * @param perEvent whether it goes to the endpoint for one event rather than the one for batches
 */
record Broadcast(String topic, String event, String message, boolean thin, boolean perEvent) {

  /** Proxies interpret a segment that consists of dots or contains a slash. */
  private static final Pattern NO_SEGMENT = Pattern.compile("\\.*|.*[/\\\\\\p{Cntrl}].*");

  static Broadcast of(Exchange exchange) {
    Broadcast broadcast = exchange.getVariable(RouteVariables.BROADCAST, Broadcast.class);
    if (broadcast == null) {
      throw new IllegalStateException(
          "route "
              + exchange.getFromRouteId()
              + " has no variable broadcast; prepareBroadcast must come first");
    }
    return broadcast;
  }

  /** Whether topic and event can stand in a path. */
  static boolean fitsAPath(String topic, String event) {
    return !NO_SEGMENT.matcher(topic).matches() && !NO_SEGMENT.matcher(event).matches();
  }

  /** The path after {@code /api/broadcast}. */
  String path() {
    return "/" + segment(topic) + "/events/" + segment(event);
  }

  Broadcast inABatch() {
    return new Broadcast(topic, event, message, thin, false);
  }

  Broadcast thin(String thinMessage) {
    return new Broadcast(topic, event, thinMessage, true, perEvent);
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
