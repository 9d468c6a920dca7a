package net.insightpulseai.bridge.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import net.insightpulseai.bridge.address.StandIn;
import net.insightpulseai.bridge.answer.Unsendable;
import net.insightpulseai.bridge.config.Product;
import net.insightpulseai.bridge.egress.EgressRefused;
import net.insightpulseai.bridge.egress.SubscriberUrl;
import net.insightpulseai.bridge.outbox.ClaimedRow;
import net.insightpulseai.bridge.signature.SubscriberSignature;
import net.insightpulseai.bridge.subscriber.Derived;
import net.insightpulseai.bridge.subscriber.LiveHeaders;
import net.insightpulseai.bridge.subscriber.NoLiveSecret;
import net.insightpulseai.bridge.subscriber.Subscriber;
import net.insightpulseai.bridge.subscriber.SubscriberSecrets;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Builds the request of one attempt for an event: the body's bytes, their signature, and only its
 * own headers, so that nothing in an event or in an earlier answer becomes a header. The address is
 * the header {@code CamelHttpUri}, from the subscriber's URL alone.
 */
@Component("signDelivery")
class SignDelivery implements Processor {

  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private final Derived<String> urls = new Derived<>(SignDelivery::calledUrl);
  private final Function<Subscriber, List<String>> secrets;
  private final Function<Subscriber, Map<String, String>> ownHeaders;
  private final ThinMessage thinMessage;
  private final Clock clock;
  private final Content content;

  /** What is signed and sent. */
  enum Content {
    /** The event, as the subscriber's format says. */
    EVENT,
    /** The event without its payload, whatever the subscriber's format is. */
    THIN,
    /** What earlier steps of the route have made the body. */
    BODY
  }

  @Autowired
  SignDelivery(
      SubscriberSecrets secrets, LiveHeaders headers, ThinMessage thinMessage, Clock clock) {
    this(secrets::live, headers::of, thinMessage, clock, Content.EVENT);
  }

  /**
   * @param secrets the secrets to sign with now, newest first
   * @param ownHeaders what the subscriber wants besides; none is one of the bridge's
   * @param content what is sent
   */
  SignDelivery(
      Function<Subscriber, List<String>> secrets,
      Function<Subscriber, Map<String, String>> ownHeaders,
      ThinMessage thinMessage,
      Clock clock,
      Content content) {
    this.secrets = secrets;
    this.ownHeaders = ownHeaders;
    this.thinMessage = thinMessage;
    this.clock = clock;
    this.content = content;
  }

  @Override
  public void process(Exchange exchange) throws EgressRefused {
    ClaimedRow row = ClaimedRow.of(exchange);
    Subscriber subscriber = Subscriber.of(exchange);
    byte[] body = body(exchange.getMessage(), row, subscriber);
    String url = url(subscriber);
    Map<String, String> signature = signature(subscriber, row, body);
    Map<String, String> own = ownHeaders.apply(subscriber);
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setBody(body);
    message.setHeader(Exchange.HTTP_URI, url);
    message.setHeader("Content-Type", "application/json");
    message.setHeader("User-Agent", Product.NAME);
    own.forEach(message::setHeader);
    if (subscriber.tls() != null) {
      message.setHeader(UseTlsIdentity.HEADER, subscriber.target());
    }
    signature.forEach(message::setHeader);
    message.setHeader("webhook-attempt", String.valueOf(row.attempt()));
    if (row.replayId() != null) {
      message.setHeader("webhook-replay-id", String.valueOf(row.replayId()));
    }
    message.setHeader("x-correlation-id", row.correlationId().toString());
    if (row.trace() != null) {
      row.trace().addTo(message);
    }
  }

  private byte[] body(Message message, ClaimedRow row, Subscriber subscriber) {
    if (content == Content.BODY) {
      byte[] made = message.getBody(byte[].class);
      if (made == null) {
        throw new Unsendable("the route made no body; expected text or bytes before this step");
      }
      return made;
    }
    boolean thin = content == Content.THIN || subscriber.format() == Subscriber.Format.THIN;
    return (thin ? thin(row.payload()) : row.payload()).getBytes(UTF_8);
  }

  private String thin(String event) {
    try {
      return thinMessage.of(event);
    } catch (JsonProcessingException e) {
      // Its message would quote the text.
      throw new Unsendable("the event cannot be read as JSON: " + e.getClass().getSimpleName());
    }
  }

  private static String calledUrl(Subscriber subscriber) {
    return StandIn.of(SubscriberUrl.of(subscriber.url() == null ? "" : subscriber.url()));
  }

  private String url(Subscriber subscriber) throws EgressRefused {
    try {
      return urls.of(subscriber);
    } catch (IllegalArgumentException e) {
      throw new EgressRefused(String.valueOf(e.getMessage()));
    }
  }

  private Map<String, String> signature(Subscriber subscriber, ClaimedRow row, byte[] body) {
    String id = row.idempotencyKey();
    if (!HEADER_VALUE.matcher(id).matches()) {
      throw new Unsendable(
          "the idempotency key cannot be the header webhook-id: 1 to 255 printable ASCII"
              + " characters without a space are expected");
    }
    List<String> live = secrets.apply(subscriber);
    if (live.isEmpty()) {
      throw new NoLiveSecret(
          "there is no live secret to sign with: rotate the subscriber's secret, or correct its"
              + " reference, and resume it");
    }
    Instant now = clock.instant();
    try {
      return subscriber.signature() == Subscriber.Signature.STANDARD
          ? SubscriberSignature.standard(live, id, now, body)
          : SubscriberSignature.original(live, id, now, body);
    } catch (IllegalArgumentException e) {
      throw new NoLiveSecret("a secret cannot sign: " + e.getMessage() + "; set another one");
    }
  }
}
