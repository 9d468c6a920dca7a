package net.insightpulseai.bridge.subscriber;

import java.util.List;
import net.insightpulseai.bridge.config.RouteVariables;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of events, which ones and how: a row of {@code bridge.subscriber}. Whether it is
 * paused or disabled is in {@code bridge.target}.
 *
 * @param id names its target, {@code subscriber:<id>}
 * @param name a unique name for people
 * @param kind where its events go
 * @param url of a webhook; null for other kinds
 * @param eventTypes exact types, {@code prefix.*}, or {@code *}
 * @param sources only events of these; null means all
 * @param company only events of this company; null means all
 * @param format the whole event, or only its identifiers
 * @param signature how a webhook is signed
 * @param mode how a realtime or kafka subscriber is served
 * @param topic the template of a realtime or kafka subscriber's topic
 * @param rate messages a second at most, of each instance; null means the default
 * @param slots deliveries in flight at once; null means the default
 * @param owner the configuration file, or the API
 * @param secrets the column as JSON text, never a secret in plain
 * @param headers the same of its own headers
 * @param tls what its connections need beyond the public authorities; null: nothing
 */
public record Subscriber(
    long id,
    String name,
    Kind kind,
    @Nullable String url,
    List<String> eventTypes,
    @Nullable List<String> sources,
    @Nullable Long company,
    Format format,
    Signature signature,
    Mode mode,
    String topic,
    @Nullable Integer rate,
    @Nullable Integer slots,
    Owner owner,
    String secrets,
    String headers,
    @Nullable TlsReferences tls) {

  /** How the names of subscribers' targets begin. */
  public static final String TARGET_PREFIX = "subscriber:";

  /** Where events are sent; those of {@code PULL} are fetched. */
  public enum Kind {
    WEBHOOK,
    REALTIME,
    ODOO,
    KAFKA,
    PULL;

    /** Whether it has a secret: to sign its deliveries with, or to fetch its events with. */
    boolean hasSecret() {
      return this == WEBHOOK || this == PULL;
    }
  }

  /** How much of an event is sent, and in which form. */
  public enum Format {
    FULL,
    /** Without the payload. */
    THIN,
    /** Of kafka: the whole event, with the headers of CloudEvents. */
    CLOUDEVENTS
  }

  /** How a webhook is signed: as standardwebhooks.com or as the original contract defines. */
  public enum Signature {
    STANDARD,
    DOCUMENT
  }

  /** How events get to a subscriber of a kind that knows more than one way. */
  public enum Mode {
    /** Of realtime: an HTTP call for each event. */
    REST,
    /** Of realtime: {@code realtime.send} in the event's transaction. */
    TRIGGER,
    /** Of realtime: nothing is sent. */
    OFF,
    /** Of kafka: a delivery for each event, as for a webhook. */
    DELIVERIES,
    /** Of kafka: no delivery; one publisher goes on from a position. */
    STREAM
  }

  /** Where it is managed. */
  public enum Owner {
    FILE,
    API
  }

  /** Its name in {@code bridge.target} and in each of its deliveries. */
  public String target() {
    return TARGET_PREFIX + id;
  }

  /** Makes this the subscriber of the exchange's row. */
  public void setOn(Exchange exchange) {
    exchange.setVariable(RouteVariables.SUBSCRIBER, this);
    exchange.setVariable(RouteVariables.SUBSCRIBER_KIND, kind.name());
  }

  /**
   * The subscriber that this exchange's row is for.
   *
   * @throws IllegalStateException if {@code findSubscriber} has not run before
   */
  public static Subscriber of(Exchange exchange) {
    Subscriber subscriber = exchange.getVariable(RouteVariables.SUBSCRIBER, Subscriber.class);
    if (subscriber == null) {
      throw new IllegalStateException(
          "route "
              + exchange.getFromRouteId()
              + " has no variable subscriber; findSubscriber must come first");
    }
    return subscriber;
  }

  /** Without the URL, which may hold a token, and the secrets: exchanges may be shown. */
  @Override
  public String toString() {
    return "Subscriber[" + id + ", " + name + ", " + kind + "]";
  }
}
