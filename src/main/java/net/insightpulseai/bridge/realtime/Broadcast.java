package net.insightpulseai.bridge.realtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.config.RouteVariables;
import org.apache.camel.Exchange;

/**
 * One message on its way to Realtime, as the variable {@code broadcast}: for routes, {@code
 * ${variable.broadcast?.perEvent}}.
 *
 * @param topic the channel's name, without {@code realtime:} before it
 * @param event the event's name within the topic
 * @param message what goes, a JSON object as text
 * @param thin whether that is the thin form
 * @param perEvent whether the endpoint of one event takes it, or the one for batches
 */
record Broadcast(String topic, String event, String message, boolean thin, boolean perEvent) {

  /**
   * A segment that consists of dots, or has a slash, means something else to what is in between.
   */
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

  /** For routes. */
  public boolean isPerEvent() {
    return perEvent;
  }

  /** What comes behind {@code /api/broadcast}. */
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
