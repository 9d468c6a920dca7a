package net.insightpulseai.bridge.subscriber;

import java.util.List;
import net.insightpulseai.bridge.subscriber.Subscriber.Format;
import net.insightpulseai.bridge.subscriber.Subscriber.Kind;
import net.insightpulseai.bridge.subscriber.Subscriber.Mode;
import net.insightpulseai.bridge.subscriber.Subscriber.Signature;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a subscriber, from the API or application.yaml; null means the default. The
 * parameters are those of {@link Subscriber}, and of its row.
 *
 * @param filter a condition on an event, checked by {@link EventFilter}
 * @param fields of payload and changed fields only these go out
 */
record Definition(
    @Nullable String name,
    @Nullable Kind kind,
    @Nullable String url,
    @Nullable List<String> eventTypes,
    @Nullable List<String> sources,
    @Nullable Long company,
    @Nullable Format format,
    @Nullable Signature signature,
    @Nullable Mode mode,
    @Nullable String topic,
    @Nullable Integer rate,
    @Nullable Integer slots,
    @Nullable TlsReferences tls,
    @Nullable String filter,
    @Nullable List<String> fields) {

  /** How a webhook is signed. */
  Signature signatureOrDefault() {
    return signature == null ? Signature.STANDARD : signature;
  }

  /** What its secrets must be like: those of a pull subscriber sign nothing. */
  Signature secretScheme() {
    return kind == Kind.PULL ? Signature.DOCUMENT : signatureOrDefault();
  }

  /** How it is served; for kinds that know only one way it means nothing. */
  Mode modeOrDefault() {
    if (mode != null) {
      return mode;
    }
    return kind == Kind.KAFKA ? Mode.DELIVERIES : Mode.REST;
  }

  /** Whether it reads the events by itself, from a position on. */
  boolean readsByItself() {
    return kind == Kind.PULL || modeOrDefault() == Mode.STREAM;
  }

  /** The template of its topic. */
  String topicOrDefault() {
    if (topic != null) {
      return topic;
    }
    return kind == Kind.KAFKA ? "odoo.events" : "odoo:{company}:{model}";
  }

  /** The same with its URL in another spelling. */
  Definition at(String otherUrl) {
    return new Definition(
        name,
        kind,
        otherUrl,
        eventTypes,
        sources,
        company,
        format,
        signature,
        mode,
        topic,
        rate,
        slots,
        tls,
        filter,
        fields);
  }

  /** Without the URL, which may hold a token: definitions may end up in a log. */
  @Override
  public String toString() {
    return "Definition[" + name + ", " + kind + "]";
  }
}
